"""The VST3 in dawdreamer: a transport that moves, all stems, automation, state."""
import dawdreamer as daw
import numpy as np

from report import PLUGIN, WORK, peak, run

RATE, BLOCK, SECONDS = 48_000, 512, 8.0
KEPT = []  # a plug-in dies with its engine, even while Python still holds it


def engine_with(prepare=lambda plugin: None, block=BLOCK, bpm=120.0):
    engine = daw.RenderEngine(RATE, block)
    engine.set_bpm(bpm)
    plugin = engine.make_plugin_processor("musearoo", PLUGIN)
    prepare(plugin)
    engine.load_graph([(plugin, [])])
    return engine, plugin


def render(prepare=lambda plugin: None, block=BLOCK, seconds=SECONDS):
    engine, plugin = engine_with(prepare, block)
    engine.render(seconds)
    KEPT.append(engine)
    return engine.get_audio(), plugin


def index_of(plugin, name):
    for parameter in plugin.get_parameters_description():
        if parameter["name"] == name:
            return parameter["index"]
    raise AssertionError(f"no parameter {name}")


def stems():
    """sixteen channels: main and the lanes' stems sound, Vocal is silent"""
    audio, plugin = render(seconds=30.0)
    assert plugin.get_num_output_channels() == 16, plugin.get_num_output_channels()
    assert audio.shape[0] == 16, audio.shape
    levels = [peak(audio[2 * bus : 2 * bus + 2]) for bus in range(8)]
    assert all(level > 0.002 for level in levels[:6]), levels
    assert levels[6] == 0.0, levels
    assert levels[0] <= 1.0, levels


def blocks():
    """blocks of 64 and 512 give the same sound"""
    small, large = render(block=64, seconds=4.0)[0], render(seconds=4.0)[0]
    size = min(small.shape[1], large.shape[1])
    assert peak(large) > 0.02
    assert np.array_equal(small[:, :size], large[:, :size]), peak(small[:, :size] - large[:, :size])


def automation():
    """automated bypass silences and brings back"""
    def bypass(plugin):
        curve = np.zeros(int(RATE * SECONDS), dtype=np.float32)
        curve[RATE * 3 : RATE * 6] = 1.0
        assert plugin.set_automation(index_of(plugin, "Bypass"), curve)

    audio, _ = render(bypass)
    assert peak(audio[0, RATE : RATE * 3]) > 0.02
    assert peak(audio[0, int(RATE * 5.5) : RATE * 6]) < 1e-3, "tails have died away under bypass"
    assert peak(audio[0, RATE * 6 : RATE * 8]) > 0.02


def state():
    """its state brings back the same sound"""
    WORK.mkdir(parents=True, exist_ok=True)
    path = str(WORK / "state.bin")

    def turned(plugin):
        plugin.set_parameter(index_of(plugin, "Seed"), 0.5)
        plugin.set_parameter(index_of(plugin, "Style"), 128 / 255)

    first, plugin = render(turned, seconds=4.0)
    plugin.save_state(path)
    second, _ = render(lambda other: other.load_state(path), seconds=4.0)
    plain, _ = render(seconds=4.0)
    assert peak(first) > 0.02
    assert np.array_equal(first, second), peak(first - second)
    assert not np.array_equal(first, plain), "the parameters changed nothing"


run(stems, blocks, automation, state)
