"""How a script says what it found: one line a check, read by `cargo xtask test`."""
import os
import sys
import traceback
from pathlib import Path

PLUGIN = os.environ.get("MUSEAROO_VST3", "target/bundled-test/MuseAroo.vst3")
WORK = Path(os.environ.get("MUSEAROO_WORK", "target/python-work"))


def run(*checks):
    """Runs each check; its docstring is its name. Ends with code 1 if one of them failed."""
    failed = 0
    for check in checks:
        name = check.__doc__.strip().splitlines()[0]
        try:
            check()
            print("ok", name, flush=True)
        except Exception as error:  # a failed check must not hide the others
            failed += 1
            place = traceback.extract_tb(error.__traceback__)[-1]
            print(f"FAILED {name}: {type(error).__name__} {error} (line {place.lineno})", flush=True)
    sys.stdout.flush()
    # Some hosts crash while Python takes them down; what was checked is checked.
    os._exit(1 if failed else 0)


def peak(audio):
    """Largest absolute sample."""
    return float(abs(audio).max())
