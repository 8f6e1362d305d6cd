"""What on-card does without a card: packing, the record and its time, what other programs print, the goals and the report."""
import json
import pathlib
import tempfile
import unittest

from experiments.oncard import goals, kernels, packing, record, report, suite


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Context:
    """What a step gets, as far as the record needs it."""

    def __init__(self, seconds, clock):
        self.time, self.ended = record.Time(seconds, clock), 0

    def end_children(self):
        self.ended += 1


def folder(test):
    made = tempfile.TemporaryDirectory()
    test.addCleanup(made.cleanup)
    return pathlib.Path(made.name)


class Packs(unittest.TestCase):
    def setUp(self):
        self.at = folder(self)
        (self.at / "one").write_bytes(b"one" * 1000)
        (self.at / "two").write_bytes(bytes(range(256)) * 8)
        self.members = {"bin/one": self.at / "one", "two": self.at / "two"}

    def test_what_is_packed_is_unpacked(self):
        size = packing.pack(self.members, {"run": self.at / "one"}, self.at / "pack", {"commit": "x"})
        self.assertLess(size, 1)
        said = packing.unpack(self.at / "pack", self.at / "out")
        self.assertEqual(said["commit"], "x")
        self.assertEqual((self.at / "out/bin/one").read_bytes(), b"one" * 1000)
        self.assertEqual((self.at / "pack/run").read_bytes(), b"one" * 1000)
        self.assertEqual(sorted(said["files"]), ["bin/one", "two"])

    def test_what_is_too_large_is_refused_and_not_kept(self):
        with self.assertRaisesRegex(SystemExit, "the pack has .* and may have 0.0001: nothing is kept.*bin/one"):
            packing.pack(self.members, {}, self.at / "pack", {}, most=0.0001)
        self.assertEqual(list((self.at / "pack").iterdir()), [])

    def test_a_changed_pack_is_noticed(self):
        packing.pack(self.members, {"run": self.at / "one"}, self.at / "pack", {})
        (self.at / "pack/run").write_text("other")
        with self.assertRaisesRegex(SystemExit, "run in .* is not what the manifest names"):
            packing.unpack(self.at / "pack", self.at / "out")
        archive = self.at / "pack" / packing.ARCHIVE
        archive.write_bytes(archive.read_bytes()[:-1])
        with self.assertRaisesRegex(SystemExit, "changed or cut off"):
            packing.unpack(self.at / "pack", self.at / "out")


class Steps(unittest.TestCase):
    def setUp(self):
        self.at, self.clock, self.made = folder(self), Clock(), []
        self.record = record.Record(self.at, {"pack": "a"})

    def step(self, name, takes, least=1, wrong=None):
        def work(context, keep):
            self.made.append(name)
            keep({"half": name})
            self.clock.now += takes
            if wrong:
                raise wrong
            return {"whole": name}

        return record.Step(name, 50, least, work)

    def go(self, steps, seconds):
        said = []
        record.go(steps, self.record, Context(seconds, self.clock), said.append)
        return said

    def states(self):
        steps = json.loads((self.at / record.NAME).read_text())["steps"]
        return {name: (step["state"], step.get("result")) for name, step in steps.items()}

    def test_what_does_not_fit_is_left_out_and_done_by_the_next_run(self):
        steps = [self.step("one", 30), self.step("two", 30, least=80), self.step("three", 30)]
        said = self.go(steps, 100)
        self.assertEqual(self.made, ["one", "three"])
        self.assertIn("two: left out: 70 s are left of the run, and it takes 80 at least", said)
        self.record = record.Record(self.at, {"pack": "a"})
        self.go(steps, 100)
        self.assertEqual(self.made, ["one", "three", "two"])
        self.assertEqual(self.states()["two"], ("done", {"whole": "two"}))

    def test_what_goes_wrong_stays_in_its_step_and_keeps_what_was_found(self):
        wrong = [ValueError("no"), SystemExit("ended"), record.NotHere("SciPy")]
        self.go([self.step(f"step {n}", 1, wrong=one) for n, one in enumerate(wrong)] + [self.step("last", 1)], 100)
        self.assertEqual(self.states(), {
            "step 0": ("failed", {"half": "step 0"}), "step 1": ("failed", {"half": "step 1"}), "step 2": ("skipped", {"half": "step 2"}),
            "last": ("done", {"whole": "last"}),
        })

    def test_a_killed_run_has_kept_the_part(self):
        def killed(context, keep):
            keep({"half": 1})
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            self.go([record.Step("one", 10, 1, killed)], 100)
        self.assertEqual(self.states(), {"one": ("part", {"half": 1})})

    def test_another_pack_is_refused(self):
        self.go([self.step("one", 1)], 10)
        with self.assertRaisesRegex(SystemExit, "another measurement"):
            record.Record(self.at, {"pack": "b"})


NCU = '''==PROF== Connected
"ID","Kernel Name","gpu__time_duration.sum"
"","","ns"
"0","void find<int>(float)","9,000"
''' + "".join(f'"{n}","void conv<float, {n % 20}>(int)","1,500"\n' for n in range(40))
NSYS = """Processing
Start (ns),Duration (ns),Name
0,2000,conv
5,900,[CUDA memcpy HtoD]
9,1000,"pool, twice"
"""


class Printed(unittest.TestCase):
    def test_tests(self):
        out = (
            "test a::works ... ok\ntest b ... FAILED\ntest should - should panic ... ok\ntest slow has been running for over 60 seconds\n"
            "988 rows, largest difference in P 3.6e-6\nskipped: no card\n"
        )
        self.assertEqual(suite.counted(out, 4), {
            "passed": ["a::works", "should"], "failed": ["b"], "unfinished": 1, "said": ["988 rows, largest difference in P 3.6e-6"],
            "skipped": ["skipped: no card"],
        })

    def test_kernels(self):
        found = kernels.of_ncu(NCU)
        self.assertEqual((len(found), found[0]), (41, ("void find<int>(float)", 9.0)))
        last, whole = kernels.forward(found)
        self.assertEqual((len(last), whole), (20, True))
        self.assertEqual(kernels.summary(last), {
            "kernels": 20, "microseconds": 30.0, "by_name": [{"name": "conv", "count": 20, "microseconds": 30.0}],
        })
        self.assertEqual(kernels.forward(found[:30]), (found[:30], False))
        self.assertEqual(kernels.of_nsys(NSYS), [("conv", 2.0), ("pool, twice", 1.0)])
        self.assertEqual((kernels.of_ncu("==ERROR=="), kernels.of_nsys("")), ([], []))


def steps(card="NVIDIA H200", stand_in=False):
    """A record in which bf16 is fast, f32 slow, and much is missing."""
    def speed(ours, eager, more=()):
        ms = {"1": {"flipscope": [ours, ours], "eager": [eager, eager]}, "256": {"flipscope": [ours * 8, ours * 8], "eager": [eager * 8, eager * 8]}}
        for name, value in more:
            ms["1"][name] = [value, value]
        versions = {name: name for name in ("flipscope", "eager", "compiled", "graph")}
        return {"state": "done", "result": {
            "versions": versions, "ms": ms, "rounds": 2, "apart": {"flipscope": 1e-5}, "frames_compared": {"flipscope": 64},
            "compared_with": "PyTorch eager f32",
        }}

    machine = {
        "card": card, "driver": "580", "cuda": "13.0", "cudnn": 91900, "torch": "2.11", "torchvision": "0.26", "processor": "p", "processors": 16,
        "flipscope": "flipscope 0.1.0", "commit": "c", "date": "2026-11-30",
    }
    campaign = {"lesions": 2, "draft": "bf16", "seed": 1, "budget": 1320, "flipscope": {
        "searched": 2, "flips": 1, "frames": 3960, "timed": 1, "timed_frames": 2640, "seconds": 0.1, "wall_seconds": 1.0, "frames_a_second": 26_400.0, "frames_a_second_of_wall": 2640.0,
    }, "judged_again": {"flipscope's": {"flips": 1, "flipscope_f32": 1, "pytorch_f32": 1, "apart": 1e-6}}}
    return {"about": {"stand_in": stand_in, "pack": "a"}, "steps": {
        "machine": {"state": "done", "result": machine}, "speed f32": speed(2.0, 1.0, [("graph", 2.5)]), "speed bf16": speed(1.0, 2.0),
        "campaign": {"state": "done", "result": campaign}, "training": {"state": "skipped", "why": "3 s are left of the run, and it takes 15 at least"},
    }}


class Report(unittest.TestCase):
    def text(self, held):
        path = folder(self) / record.NAME
        path.write_text(json.dumps(held))
        return report.text(path)

    def test_goals(self):
        held = steps()["steps"]
        met = {goal.what: (goal.measured, goal.met) for goal in goals.goals(lambda name: held.get(name, {}).get("result"), "NVIDIA H200")}
        self.assertEqual(met["f32, batch 1: ≥ 1.0 × PyTorch eager, TF32 off"], ("0.50 (rounds: 2)", False))
        self.assertEqual(met["f32, batch 64: ≥ 1.0 × PyTorch eager, TF32 off"], ("–", None))
        self.assertEqual(met["bf16, batch 256: ≥ 1.3 × PyTorch eager"], ("2.00 (rounds: 2)", True))
        self.assertEqual(met["bf16, batch 256: ≥ 1.3 × PyTorch compiled"], ("–", None))
        self.assertEqual(met["bf16, batch 256: ≥ 25,000 frames a second on an H100 or H200"], ("32,000", True))
        self.assertEqual(met["f32, one frame: ≤ 1.0 × the time of PyTorch's CUDA graph"], ("0.80 (rounds: 2)", True))
        self.assertEqual(met["colour campaign: ≥ 0.9 of the raw bf16 rate (batch 256)"], ("0.82 (2,640 frames)", False))
        self.assertEqual(met["training, gradients of 8 frames: ≥ 1.0 × PyTorch eager"], ("–", None))
        rate = next(goal for goal in goals.goals(lambda name: held.get(name, {}).get("result"), "NVIDIA T4") if "25,000" in goal.what)
        self.assertEqual((rate.measured, rate.met), ("32,000, on NVIDIA T4", None))

    def test_text(self):
        text, dry = self.text(steps())
        self.assertFalse(dry)
        for part in (
            "NVIDIA H200, driver 580, CUDA 13.0, cuDNN 91900, PyTorch 2.11", "2026-11-30", "- training: skipped: 3 s are left",
            "| bf16 | flipscope | 256 | 2 | 0.031 (0.031–0.031) | 32,000 | 2.00 |", "1 of 2, 50.0%", "1 of 1 by PyTorch, P at most 1.0e-06 apart",
        ):
            self.assertIn(part, text)
        self.assertNotIn("Dry run", text)

    def test_a_dry_run_says_so_in_its_first_line(self):
        text, dry = self.text(steps(stand_in=True))
        self.assertTrue(dry)
        self.assertTrue(text.startswith("**Dry run on the processor: no figure below is of a card.**"))
        self.assertNotIn("| yes |", text)
        self.assertIn("| dry run |", text)

    def test_an_empty_record_is_reported(self):
        text, _ = self.text({"about": {"stand_in": False, "pack": "a"}, "steps": {}})
        self.assertIn("not measured", text)


if __name__ == "__main__":
    unittest.main()
