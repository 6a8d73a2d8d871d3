"""The VST3 in Ardour, a real DAW, headless: its recorded MIDI equals what `render` writes."""
import os
import shutil
import subprocess
from pathlib import Path

import mido

from report import PLUGIN, WORK, run

VERSION = os.environ.get("ARDOUR", "7")
HOST, CLAP = os.environ.get("MUSEAROO_HOST", ""), os.environ.get("MUSEAROO_CLAP", "")
SCRIPT = Path(__file__).parent / "ardour_record.lua"
SECONDS = 6.0
TICKS_PER_SECOND = 1920  # 960 a quarter at 120 BPM


def environment():
    """A home of its own, so that nobody's Ardour settings or plug-ins are touched."""
    home = WORK.resolve() / "home"
    shutil.rmtree(WORK, ignore_errors=True)
    (home / ".vst3").mkdir(parents=True)
    shutil.copytree(PLUGIN, home / ".vst3" / "MuseAroo.vst3")
    libraries = f"/usr/lib/ardour{VERSION}"
    own = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    return own | {"HOME": str(home), "LD_LIBRARY_PATH": libraries}


def recorded():
    own = environment()
    bundle = f"{own['HOME']}/.vst3/MuseAroo.vst3"
    scanner = f"{own['LD_LIBRARY_PATH']}/ardour-vst3-scanner"
    subprocess.run([scanner, "-f", bundle], env=own, check=True, capture_output=True, timeout=120)
    own |= {"PLUGIN": "MuseAroo", "SESSION": str(WORK.resolve() / "session"), "SECONDS": str(SECONDS)}
    with open(SCRIPT, encoding="utf-8") as script:
        out = subprocess.run([f"ardour{VERSION}-lua"], stdin=script, env=own, capture_output=True, timeout=240, text=True)
    rows = [line.split()[1:] for line in out.stdout.splitlines() if line.startswith("note")]
    assert rows, "Ardour recorded nothing:\n" + out.stdout[-1500:] + out.stderr[-1500:]
    return rows


def rendered():
    out = WORK / "render"
    words = [HOST, "render", CLAP, "--out", str(out), "--style", "rock", "--tempo", "120", "--no-audio",
             "--set", "run=Host", "--bars", "64", "--key", "C major"]
    subprocess.run(words, check=True, capture_output=True, timeout=240)
    notes = []
    for track in mido.MidiFile(out / "song.mid").tracks:
        at, open_notes = 0, {}
        for message in track:
            at += message.time
            if message.type == "note_on" and message.velocity > 0:
                open_notes.setdefault(message.note, []).append((at, message.velocity))
            elif message.type in ("note_on", "note_off") and open_notes.get(message.note):
                start, velocity = open_notes[message.note].pop(0)
                notes.append((start / TICKS_PER_SECOND, message.note, velocity))
    return sorted(notes)


def seconds(place):
    """Ardour's quarters, `beats:ticks` with 1920 ticks each, at 120 BPM."""
    beats, ticks = place.split(":")
    return (int(beats) + int(ticks) / 1920) / 2


def same_notes():
    """the MIDI that Ardour records is what render writes"""
    have = sorted((seconds(start), int(key), int(velocity)) for key, velocity, start, _ in recorded())
    want = rendered()
    assert len(have) > 20, f"only {len(have)} notes"
    end = have[-1][0] - 0.05
    want_inside = [note for note in want if note[0] < end]
    have_inside = [note for note in have if note[0] < end]
    left = list(have_inside)
    missing = []
    for start, key, velocity in want_inside:
        match = next((n for n in left if n[1] == key and abs(n[2] - velocity) <= 1 and abs(n[0] - start) < 0.03), None)
        if match:
            left.remove(match)
        else:
            missing.append((round(start, 3), key, velocity))
    assert len(missing) == 0 and len(left) == 0, f"missing {missing[:6]} of {len(want_inside)}, extra {left[:6]}"


run(same_notes)
