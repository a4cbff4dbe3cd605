"""Who may import whom: data flows one way, and the stages never import each other."""

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "wellled_nlp"
LAYERS = {
    0: {"errors", "document", "table", "threshold"},
    1: {"codebook", "settings", "spreadsheet"},
    2: {"read", "structure", "sentences", "classify", "measures", "report"},
    3: {
        "assembly",
        "check",
        "coding",
        "compare",
        "sources",
        "engine",
        "tabulate",
        "progress",
        "output",
        "store",
        "intake",
        "query",
        "search",
        "datapackage",
        "provenance",
        "pipeline",
        "profile",
        "train",
        "evaluate",
        "terminal",
    },
    4: {"commands"},
    5: {"cli"},
    6: {"__main__"},
}
LAYER = {name: number for number, names in LAYERS.items() for name in names}
STAGES = LAYERS[2]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("wellled_nlp"):
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("wellled_nlp.")}
    return found - {"__version__"}


def test_every_module_has_its_layer_and_imports_only_from_its_own_or_below() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if name == "__init__":
            continue
        for other in imports(path) - {name}:
            if LAYER[other] > LAYER[name] or (name in STAGES and other in STAGES):
                wrong.append(f"{path.relative_to(PACKAGE)} imports {other}")
    assert wrong == []


def test_help_loads_none_of_the_heavy_libraries() -> None:
    heavy = {"spacy", "sklearn", "pandas", "pdfplumber", "numpy", "duckdb", "distributed"}
    script = f"import sys, wellled_nlp.cli; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
