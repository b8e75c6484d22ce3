"""The debrief as a page, as Markdown and as JSON: the same content, every number of its sentences in the JSON, and a
page that is complete without scripts and network and can be heard as well as seen."""
import copy
import functools
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import jsonschema
except ImportError:
    jsonschema = None

PROGRAM = os.environ["BREAKGLASS"]
SOURCE = os.environ["BREAKGLASS_SOURCE_DIR"]
FOUNDING = os.path.join(SOURCE, "tests", "drill", "founding.txt")
FOLDER = tempfile.mkdtemp(prefix="breakglass-debrief-")
VOID = {"meta", "img", "br", "hr", "rect", "circle", "polyline", "polygon"}


def tearDownModule():
    shutil.rmtree(FOLDER, ignore_errors=True)


def run(*arguments, **options):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "XDG_DATA_HOME": FOLDER}, **options)


def play(name, lines, *more):
    script = os.path.join(FOLDER, name + ".txt")
    with open(script, "w", encoding="utf-8") as file:
        file.write(lines)
    log = os.path.join(FOLDER, name + ".jsonl")
    played = run("drill", "pii-leak", "--seed", "3", "--script", script, "--log", log, "--no-history", *more)
    assert played.returncode == 0, played.stderr
    return log


@functools.lru_cache(maxsize=None)
def debriefed(name):
    """The JSON, the page and the Markdown of a drill."""
    with open(FOUNDING, encoding="utf-8") as file:
        founding = file.read()
    lines = {"founding": founding,
             # what a trainee writes is shown as it is written, and is no part of the page
             "hostile": founding.replace("no redaction test", "<script>alert(1)</script> & </p> | `x` **y**"),
             "refused": 'classify none\nrefuse "not <b>ours</b>"\n',
             "unfinished": "classify security\nbelieve regression=10%\n"}[name]
    log = play(name, lines)
    paths = {kind: os.path.join(FOLDER, f"{name}.{kind}") for kind in ("json", "html", "md")}
    done = run("debrief", log, "--no-history", *sum((["--" + kind, path] for kind, path in paths.items()), []))
    assert done.returncode == 0 and done.stdout == "", done.stderr
    texts = {}
    for kind, path in paths.items():
        with open(path, encoding="utf-8") as file:
            texts[kind] = file.read()
    return json.loads(texts["json"]), texts["html"], texts["md"]


class Tree(html.parser.HTMLParser):
    """The page as nested [tag, attributes, children]; tags that do not match are an error."""
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = ["", {}, []]
        self.open = [self.root]
        self.feed(text)
        self.close()
        assert len(self.open) == 1, f"not closed: {self.open[-1][0]}"

    def handle_starttag(self, tag, attributes):
        node = [tag, dict(attributes), []]
        self.open[-1][2].append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attributes):
        self.open[-1][2].append([tag, dict(attributes), []])

    def handle_endtag(self, tag):
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()

    def handle_data(self, text):
        self.open[-1][2].append(text)


def walk(node, parents=()):
    yield node, parents
    for child in node[2]:
        if not isinstance(child, str):
            yield from walk(child, parents + (node,))


def text_of(node, without=()):
    return "".join(c if isinstance(c, str) else "" if c[0] in without else text_of(c, without) for c in node[2])


def problems(page):
    """What a reader of the page would stumble over."""
    found = []
    nodes = list(walk(Tree(page).root))
    ids = [node[1]["id"] for node, _ in nodes if "id" in node[1]]
    if len(ids) != len(set(ids)):
        found.append("an id is there twice")
    for node, parents in nodes:
        tag, attributes, children = node
        if tag in ("script", "link", "iframe", "img", "object"):
            found.append(f"<{tag}>")
        for name, value in attributes.items():
            if name.startswith("on") or name in ("src", "href") or "url(http" in (value or "") or "javascript:" in (value or ""):
                found.append(f"{tag} {name}={value}")
        if tag == "svg" and attributes.get("aria-hidden") != "true":
            names = attributes.get("aria-labelledby", "").split()
            said = [text_of(n) for n, _ in nodes if n[1].get("id") in names]
            if attributes.get("role") != "img" or len(said) != 2 or not all(said):
                found.append("an image without a role, a title or a description")
        if tag == "figure":
            siblings = [c for c in parents[-1][2] if not isinstance(c, str)]
            after = siblings[siblings.index(node) + 1] if node is not siblings[-1] else ["", {}, []]
            if not any(n[0] == "table" for n, _ in walk(after)):
                found.append("a figure without its table")
        if tag == "table":
            inside = [n for n, _ in walk(node)]
            rows = [n for n in inside if n[0] == "tr"]
            widths = {len([c for c in row[2] if not isinstance(c, str)]) for row in rows}
            if not any(n[0] == "caption" and text_of(n) for n in inside) or len(widths) != 1 or len(rows) < 2:
                found.append("a table without a caption, without rows, or with rows of several lengths")
            if any(n[0] == "th" and n[1].get("scope") not in ("col", "row") for n in inside):
                found.append("a header of nothing")
    levels = [int(node[0][1]) for node, _ in nodes if re.fullmatch("h[1-6]", node[0])]
    if levels[0] != 1 or levels.count(1) != 1 or any(b > a + 1 for a, b in zip(levels, levels[1:])):
        found.append(f"headings leave out a level: {levels}")
    if "@media print" not in page or 'lang="en"' not in page:
        found.append("no style for paper, or no language")
    return found


def numbers_in(value):
    """Every number of a JSON value, those within its texts as well."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, (int, float)):
        return [float(value)]
    if isinstance(value, str):
        found = re.findall(r"(\d[\d,]*(?:\.\d+)?)( ?%)?", value)
        return [float(n.rstrip(",").replace(",", "")) * (0.01 if percent else 1) for n, percent in found]
    parts = value if isinstance(value, list) else list(value.values())
    return [n for part in parts for n in numbers_in(part)]


def prose_numbers(page):
    """(number, half of its last digit, what it is in) of the sentences; local times and code are no numbers."""
    for node, parents in walk(Tree(page).root):
        inside = any(p[0] in ("table", "svg", "style", "ol") for p in parents)
        if node[0] not in ("p", "li", "figcaption") or inside:
            continue
        text = re.sub(r"\b\d?\d:\d\d(:\d\d)?\b", "", text_of(node, without=("code", "svg")))
        for match in re.finditer(r"(\d[\d,]*)(\.\d+)?(e[+-]\d+)?( ?%)?", text):
            digits, decimals, exponent, percent = match.groups()
            number = float((digits.rstrip(",").replace(",", "") + (decimals or "") + (exponent or "")))
            whole = digits.rstrip(",").replace(",", "")
            zeros = len(whole) - len(whole.rstrip("0")) if not decimals and len(whole) > 3 else 0
            unit = 10.0 ** (len(whole) - 3 if len(whole) > 3 else 0) if zeros else 10.0 ** -(len(decimals or ".") - 1)
            scale = 0.01 if percent else 1.0
            yield number * scale, unit * scale / 2, text.strip()


def missing_numbers(result, page):
    known = [abs(n) for n in numbers_in(result)]
    return [(number, text) for number, half, text in prose_numbers(page)
            if not any(abs(number - k) <= half * 1.0001 + 1e-12 for k in known)]


class Debrief(unittest.TestCase):
    def test_every_number_of_the_sentences_stands_in_the_json(self):
        for name in ("founding", "refused", "unfinished"):
            result, page, _ = debriefed(name)
            self.assertEqual(missing_numbers(result, page), [], name)
        self.assertGreater(len(list(prose_numbers(debriefed("founding")[1]))), 40)

    def test_a_number_that_is_one_percent_off_is_found(self):
        result, page, _ = debriefed("founding")
        for key in ("at_page", "in_the_end", "stake"):
            damaged = copy.deepcopy(result)
            value = damaged["grade"][key]

            def off(part):
                if isinstance(part, dict):
                    return {k: off(v) for k, v in part.items()}
                if isinstance(part, list):
                    return [off(v) for v in part]
                return part * 1.01 if isinstance(part, float) and abs(part - value) <= 0.005 * abs(value) else part

            self.assertNotEqual(missing_numbers(off(damaged), page), [], key)

    def test_the_page_can_be_heard_and_needs_nothing(self):
        for name in ("founding", "hostile", "refused", "unfinished"):
            self.assertEqual(problems(debriefed(name)[1]), [], name)

    def test_the_check_of_the_page_notices_what_is_wrong(self):
        page = debriefed("founding")[1]
        for before, after in ((' role="img"', ""), ("<th scope=\"col\"", "<th"), ("</main>", "<script></script></main>"),
                              ("<h2 ", "<h4 "), ("<caption>", "<caption hidden>x</caption><caption>"),
                              ('id="weight-title"', 'id="weight-desc"'), ("<figure>", '<img src="https://x.example/"><figure>')):
            self.assertIn(before, page)
            broken = page.replace(before, after, 1)
            if before == "<h2 ":
                broken = re.sub(r"<h2 (.*?)</h2>", r"<h4 \1</h4>", page, count=1)
            if before == "<caption>":
                broken = re.sub(r"<caption>.*?</caption>", "", page, count=1)
            self.assertNotEqual(problems(broken), [], before)

    def test_what_the_trainee_wrote_stays_text(self):
        _, page, markdown = debriefed("hostile")
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;/p&gt;", page)
        self.assertNotIn("<script", page)
        self.assertIn(r"\<script>alert(1)\</script> & \</p> \| `x` \*\*y\*\*", markdown)

    def test_the_verdict_comes_after_the_second_thoughts_and_hindsight_after_the_verdict(self):
        for text in debriefed("founding")[1:]:
            order = [text.index(words) for words in
                     ("1. What happened", "2. Find a better move", "3. What each decision was worth", "4. What you believed",
                      "5. Skill and luck", "6. Critical tasks", "7. The same world", "8. Hindsight", "9. In your own words",
                      "10. Bypass record")]
            self.assertEqual(order, sorted(order))
        page = Tree(debriefed("founding")[1]).root
        answers = [n for n, _ in walk(page) if n[0] == "details"]
        self.assertGreaterEqual(len(answers), 3)
        before = text_of(page).split("2. Find a better move")[0]
        for word in ("too close to call", "mistake", "blunder", "loss"):
            self.assertNotIn(word, before)

    def test_page_and_markdown_hold_the_same_tables(self):
        _, page, markdown = debriefed("founding")
        for node, _ in walk(Tree(page).root):
            if node[0] == "caption":
                self.assertIn(text_of(node).replace("_", r"\_") + ":", markdown)
        cells = [text_of(n) for n, _ in walk(Tree(page).root) if n[0] == "td"]
        plain = markdown.replace("\\", "").replace("`", "").replace("**", "")
        for cell in cells:
            self.assertIn(cell.replace("\n", " "), plain)

    def test_the_waterfall_closes(self):
        grade = debriefed("founding")[0]["grade"]
        steps = [s["harm"] for s in grade["steps"]]
        self.assertAlmostEqual(sum(steps[:-1]), steps[-1], places=6)
        self.assertAlmostEqual(steps[0], grade["at_page"])
        self.assertAlmostEqual(steps[-1], grade["in_the_end"])

    @unittest.skipUnless(jsonschema, "python3-jsonschema is not installed")
    def test_the_json_is_valid_and_damaged_copies_are_not(self):
        schema = json.loads(run("schema", "debrief").stdout)
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        for name in ("founding", "hostile", "refused", "unfinished"):
            validator(schema).validate(debriefed(name)[0])
        self.assertNotIn("grade", debriefed("unfinished")[0])
        for damage in (lambda r: r.pop("course"), lambda r: r["harm"].update(unit=""), lambda r: r.update(seed=3),
                       lambda r: r["grade"].pop("luck_error"), lambda r: r["grade"]["decisions"][0].update(label="bad"),
                       lambda r: r["beliefs"][0]["regression"].update(stated=1.5), lambda r: r["mistakes"].append({}),
                       lambda r: r["grade"].update(steps=[])):
            damaged = copy.deepcopy(debriefed("founding")[0])
            damage(damaged)
            self.assertFalse(validator(schema).is_valid(damaged))

    def test_a_better_move_is_asked_for_before_the_verdict(self):
        grade = debriefed("founding")[0]["grade"]
        again = [d for d in grade["decisions"] if d.get("again")]
        log = os.path.join(FOLDER, "founding.jsonl")
        best = [min(d["options"], key=lambda o: o["mean"])["option"] for d in again]
        answers = "nonsense\n99\n" + "\n".join(best) + "\n"
        asked = run("debrief", log, "--no-history", "--interactive", input=answers)
        self.assertEqual(asked.returncode, 0, asked.stderr)
        self.assertIn('"nonsense" is no option', asked.stdout)
        self.assertIn('"99" is no option', asked.stdout)
        self.assertIn(f"as good as any in {len(again)} of {len(again)} that you tried", asked.stdout)
        self.assertLess(asked.stdout.index("that you tried"), asked.stdout.index("3. What each decision was worth"))
        lead, worst, at = max((o["worse"] - o["error"], o["option"], i) for i, d in enumerate(again) for o in d["options"])
        self.assertGreater(lead, 0.02 * grade["stake"])
        asked = run("debrief", log, "--no-history", "--interactive", input="\n" * at + worst + "\n")
        self.assertIn("there is a better move", asked.stdout)
        self.assertIn("in 0 of 1 that you tried", asked.stdout)
        left = run("debrief", log, "--no-history", "--interactive", input="")
        self.assertIn("in 0 of 0 that you tried", left.stdout)

    def test_two_outputs_of_one_name_and_a_folder_that_is_not_there_are_refused(self):
        log = play("other", 'classify none\nrefuse "not ours"\n')
        same = run("debrief", log, "--html", "x", "--json", "x")
        self.assertEqual(same.returncode, 2)
        self.assertIn("--html and --json name the same file", same.stderr)
        nowhere = run("debrief", log, "--html", os.path.join(FOLDER, "no", "x.html"))
        self.assertEqual(nowhere.returncode, 2)
        self.assertIn("cannot write", nowhere.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
