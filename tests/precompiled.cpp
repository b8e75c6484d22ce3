// Nothing of its own: this target exists to make the precompiled header that the tests share.
