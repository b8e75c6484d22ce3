# Embeds the shipped scenarios and strategies, so that an id works from any folder.
