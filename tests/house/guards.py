"""The house rules that a machine can check: who may include whom, how long things may be, what keeps bits equal.

Every guard takes {path: text}, paths relative to the project's root, and returns a list of complaints in the form
"path:line: what is wrong". test_guards.py runs them on the project, and on planted faults that they must find.
"""

import os
import re

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 70

# What a room may look into, besides itself: the arrows of the architecture, followed to the end.
ROOMS = {
    "sim/kernel": [],
    "sim/model": ["sim/kernel"],
    "sim": ["sim/model", "sim/kernel"],
    "plot": [],
    "scenarios": ["sim", "sim/model", "sim/kernel"],
    "analysis": ["plot", "scenarios", "sim", "sim/model", "sim/kernel"],
    "drill": ["analysis", "plot", "scenarios", "sim", "sim/model", "sim/kernel"],
    "history": ["drill", "analysis", "plot", "scenarios", "sim", "sim/model", "sim/kernel"],
    "viz": ["history", "drill", "analysis", "plot", "scenarios", "sim", "sim/model", "sim/kernel"],
    "cli": ["history", "drill", "analysis", "plot", "scenarios", "sim", "sim/model", "sim/kernel"],
}
FREE_ROOMS = ("tests", "bench")  # they may look into everything; nobody looks into them

# Boost.Graph and Eigen stay in these files, wherever they are.
HEAVY = re.compile(r"(boost/graph|boost/property_map|Eigen|unsupported/Eigen)/")
HEAVY_FILES = {"service_graph.cpp", "approvals.cpp", "rollout_graph.cpp", "exact.cpp"}
# Libraries that have one room of their own.
ONE_ROOM = {"CLI/": "cli", "imgui": "viz", "GLFW/": "viz", "GL/": "viz", "backends/imgui": "viz"}
# And one that has a file of its own.
ONE_FILE = {"sqlite3.h": "history/database.cpp"}
# sim/ has no files, threads, exceptions, streams, foreign randomness, unspecified order or locale.
NOT_IN_SIM = set("""
  exception stdexcept system_error iostream istream ostream fstream sstream iomanip filesystem thread mutex
  shared_mutex condition_variable future semaphore latch barrier stop_token random unordered_map unordered_set regex
  locale ctime time.h""".split())

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.M)


def project_files(root):
    """The project's own text files as {path: text}; nothing that is built, hidden or foreign."""
    files = {}
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in ("build", "__pycache__"))
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
            if re.search(r"\.(cpp|hpp|py|sh|cmake|json|md|txt|js)$", name) or path == "dev":
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    files[path] = file.read()
    return files


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def cpp(files):
    return {path: text for path, text in files.items() if re.search(r"\.(cpp|hpp)$", path)}


def room_of(path):
    parts = path.split("/")[:-1]
    for depth in (2, 1):
        if "/".join(parts[:depth]) in ROOMS:
            return "/".join(parts[:depth])
    return parts[0] if parts else ""


def in_sim(path):
    return path.startswith("sim/")


# --- Arrows -----------------------------------------------------------------------------------------------------


def is_part(text):
    """A part of the model has parameters or a state; other headers in sim/model are vocabulary and helpers."""
    return re.search(r"\bstruct\s+\w*(Params|State)\b\s*\{", text) is not None


def family(path):
    """The part of the model that a file belongs to: harm for harm.hpp, monitor for everything in monitor/."""
    return re.sub(r"^(sim/model/\w+)/.*$", r"\1", re.sub(r"\.\w+$", "", path))


def part_conflict(path, target, files):
    """One part of the model looking into another: harm.cpp into traffic.hpp. harm_curve.cpp may see harm.hpp."""
    mine, other = family(path), family(target)
    return (room_of(path) == room_of(target) == "sim/model" and is_part(files.get(target, ""))
            and mine != other and not mine.startswith(other + "_"))


def check_own_include(path, target, files):
    room, there = room_of(path), room_of(target)
    if room in FREE_ROOMS and os.path.dirname(path) + "/" + target in files:
        return None  # a test's helper beside it
    if there not in ROOMS and there not in FREE_ROOMS:
        return f'includes "{target}", which is not rooted at the project (write the whole path)'
    if target not in files:
        return f'includes "{target}", which does not exist'
    if room in FREE_ROOMS:
        return None
    if there != room and there not in ROOMS.get(room, []):
        return f'reverses an arrow: {room}/ may not look into {there}/ ("{target}")'
    if part_conflict(path, target, files):
        return f'is one part of the model and looks into another ("{target}"); only sim/ itself sees two'
    return None


def check_foreign_include(path, target):
    room, name = room_of(path), os.path.basename(path)
    if room in FREE_ROOMS:
        return None
    if HEAVY.match(target) and name not in HEAVY_FILES:
        return f"includes <{target}>, which stays inside {', '.join(sorted(HEAVY_FILES))}"
    for prefix, home in ONE_ROOM.items():
        if target.startswith(prefix) and room != home:
            return f"includes <{target}>, which belongs to {home}/"
    if target in ONE_FILE and path != ONE_FILE[target]:
        return f"includes <{target}>, which stays inside {ONE_FILE[target]}"
    if in_sim(path) and not HEAVY.match(target) and ("/" in target or target in NOT_IN_SIM):
        return f"includes <{target}>, and sim/ needs no more than the plain standard library"
    return None


def arrows(files):
    complaints = []
    for path, text in cpp(files).items():
        for match in INCLUDE.finditer(text):
            own, foreign = match.groups()
            own_room = own and room_of(own) in list(ROOMS) + list(FREE_ROOMS)
            if own and (own_room or not check_is_foreign(own)):
                complaint = check_own_include(path, own, files)
            else:
                complaint = check_foreign_include(path, own or foreign)
            if complaint:
                complaints.append(f"{path}:{line_of(text, match.start())}: {complaint}")
    return complaints


def check_is_foreign(target):
    """Dear ImGui's backends are included with quotes by custom."""
    return target.startswith(("imgui", "backends/imgui"))


# --- Sizes ------------------------------------------------------------------------------------------------------

BLANKED = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)
CONTAINER = re.compile(r"\b(namespace|class|struct|enum|union|extern)\b[^()=]*$")


def blanked(text):
    """The text without comments and literals, every line where it was."""
    return BLANKED.sub(lambda m: '""' + "\n" * m.group().count("\n"), text)


def functions(text):
    """(first line, number of lines) of every outermost function: a brace outside namespaces and classes, whose
    heading has parentheses and no assignment before them."""
    text = blanked(text)
    text = re.sub(r"^[ \t]*#.*(?:\\\n.*)*", "", text, flags=re.M)  # macros may hold half a function
    found, depth, start, heading_from = [], 0, None, 0
    for match in re.finditer(r"[{};]", text):
        at, mark = match.start(), match.group()
        if start is not None or depth:
            depth += {"{": 1, "}": -1, ";": 0}[mark]
            if depth == 0:
                if start is not None:
                    first = line_of(text, start)
                    found.append((first, line_of(text, at) - first + 1))
                start = None
        elif mark == "{":
            heading = text[heading_from:at]
            if not CONTAINER.search(heading):
                depth = 1
                before = re.sub(r"^\s*template\s*<[^()]*>\s|operator\s*[^\w\s(]+", "", heading.split("(")[0])
                is_function = "(" in heading and "=" not in before
                start = heading_from + len(heading) - len(heading.lstrip()) if is_function else None
        heading_from = at + 1
    return found


def sizes(files):
    complaints = []
    for path, text in files.items():
        lines = text.count("\n")
        if lines > MAX_FILE_LINES and re.search(r"\.(cpp|hpp|py|sh|cmake)$|^dev$", path):
            complaints.append(f"{path}:1: {lines} lines, more than {MAX_FILE_LINES}: it wants to be two files")
    for path, text in cpp(files).items():
        for first, lines in functions(text):
            if lines > MAX_FUNCTION_LINES:
                complaints.append(f"{path}:{first}: a function of {lines} lines, more than {MAX_FUNCTION_LINES}")
    return complaints


# --- The same bits everywhere -----------------------------------------------------------------------------------

LIBM = """acosh? asinh? atan2? atanh? cbrt cosh? erfc? exp2? exp10 expm1 fma fmod hypot ldexp lgamma log10 log1p
  log2? log nextafter pow remainder sinh? tanh? tgamma""".split()
LIBM_CALL = re.compile(r"(?:\bstd::|(?<![\w:])::)(" + "|".join(LIBM) + r")[fl]?\s*\(")
OWN_MATH = re.compile(r"(?<![\w:.>])(log|log1p|exp|expm1|pow)\s*\(")
NOT_SAME_BITS = [
    (re.compile(r"\bstd::\w+_distribution\b"), "a std:: distribution differs between libraries"),
    (re.compile(r"\b(std::)?(mt19937(_64)?|minstd_rand|random_device|default_random_engine)\b|\bs?rand\s*\("),
     "randomness is addressed (sim/kernel/draw.hpp), not consumed"),
    (re.compile(r"\bunordered_\w+"), "an unordered container has no order to promise"),
    (re.compile(r"\b(system|steady|high_resolution)_clock\b"), "sim/ has simulated time only"),
    (re.compile(r"\b(throw|try|catch)\b"), "sim/ compiles without exceptions"),
    (re.compile(r"\bvirtual\b|\bdynamic_cast\b"), "sim/ has values and functions, no base classes"),
    (re.compile(r"\bgetenv\b|\bsetlocale\b|\bstd::(cout|cerr|clog)\b"), "sim/ knows no environment and no screen"),
    (re.compile(r"\bstd::(reduce|transform_reduce|execution)\b"), "the order of a sum decides its last bits"),
]


def same_bits(files):
    complaints = []
    for path, text in cpp(files).items():
        if not in_sim(path):
            continue
        code = blanked(text)

        def complain(match, what):
            complaints.append(f"{path}:{line_of(code, match.start())}: {match.group().strip()}: {what}")

        for pattern, what in NOT_SAME_BITS:
            for match in pattern.finditer(code):
                complain(match, what)
        if re.match(r"sim/kernel/fmath\w*\.[ch]pp$", path):
            continue
        for match in LIBM_CALL.finditer(code):
            complain(match, "libm differs in the last bit between machines; use sim/kernel/fmath.hpp")
        if '#include "sim/kernel/fmath.hpp"' not in text:
            for match in OWN_MATH.finditer(code):
                complain(match, "without sim/kernel/fmath.hpp this may be libm's")
    return complaints


# Undefined symbols that sim/'s objects may not have, whatever inlining and libraries did: the same list, as linked.
LIBM_SYMBOL = re.compile(r"^(" + "|".join(LIBM) + r")[fl]?(@.*)?$")


def libm_symbols(nm_output):
    """The forbidden names in the output of `nm --undefined-only` of the simulator's library."""
    names = {line.split()[-1] for line in nm_output.splitlines() if re.match(r"\s+U ", line)}
    return sorted(name for name in names if LIBM_SYMBOL.match(name))


# --- Words ------------------------------------------------------------------------------------------------------

# Spelled apart, so that this file may be read by its own guard.
LEFT_OVERS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|W" r"IP)\b|\b(place" r"holder|st" r"ub)s?\b"
                        r"|(?<![\w.~$}/-])/(tm" r"p|wo" r"rk)/|not (yet )?imple" r"mented", re.I)


def words(files):
    complaints = []
    for path, text in files.items():
        for match in LEFT_OVERS.finditer(text):
            complaints.append(f'{path}:{line_of(text, match.start())}: "{match.group()}" is left over')
    return complaints


# --- Names ------------------------------------------------------------------------------------------------------

TYPE = re.compile(r"^(?:struct|class|union|enum(?: class)?) (\w+)\b[^;{()]*\{", re.M)
NAMESPACE = re.compile(r"^namespace ([\w:]+)", re.M)


def names(files):
    """A type has one definition: two of a name in one namespace compile, link, and corrupt each other."""
    complaints = []
    places = {}
    for path, text in sorted(files.items()):
        if not path.endswith(".hpp") or path.startswith(FREE_ROOMS):
            continue
        text = blanked(text)
        for match in TYPE.finditer(text):
            inside = [m.group(1) for m in NAMESPACE.finditer(text, 0, match.start())]
            name = "::".join([*inside[-1:], match.group(1)])
            if name in places:
                complaints.append(f"{path}:{line_of(text, match.start())}: {name} is defined in {places[name]} too")
            places.setdefault(name, path)
    return complaints


ALL = {"arrows": arrows, "sizes": sizes, "same bits": same_bits, "words": words, "names": names}
