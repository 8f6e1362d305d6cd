"""What on-card does without a card: packing, the record and its time, what other programs print, the goals and the report."""
import json
import lzma
import pathlib
import random
import struct
import tempfile
import unittest
from unittest import mock

from experiments.commands import on_card
from experiments.oncard import coding, gather, goals, kernels, packing, place, record, report, speed, suite


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
        sizes = packing.pack(self.members, {"run": self.at / "one"}, self.at / "pack", {"commit": "x"})
        self.assertLess(sizes["whole"], 1)
        said = packing.unpack(self.at / "pack", self.at / "out")
        self.assertEqual(said["commit"], "x")
        self.assertEqual((self.at / "out/bin/one").read_bytes(), b"one" * 1000)
        self.assertEqual((self.at / "out/two").read_bytes(), bytes(range(256)) * 8)
        self.assertEqual((self.at / "pack/run").read_bytes(), b"one" * 1000)
        self.assertEqual(sorted(said["files"]), ["bin/one", "two"])
        self.assertEqual(sorted(said["archives"]), ["others.tar.xz", "programs.tar.xz"])

    def test_tensors_travel_in_planes_and_are_the_same_afterwards(self):
        # Values of one size with random mantissas, as weights are: the bytes of sign and exponent vary little.
        draw = random.Random(1)
        values = [draw.gauss(0, 0.05) for _ in range(200_000)]
        for kind, code in (("F16", "e"), ("F32", "f")):
            data = struct.pack(f"<{len(values)}{code}", *values)
            header = json.dumps({"w": {"dtype": kind, "shape": [len(values)], "data_offsets": [0, len(data)]}}).encode()
            path = self.at / f"{kind}.safetensors"
            path.write_bytes(struct.pack("<Q", len(header)) + header + data)
            sizes = packing.pack({"shared/models/w.safetensors": path}, {}, self.at / kind, {})
            self.assertLess(sizes["tensors.tar.gz"] * 1e6, 0.98 * len(lzma.compress(path.read_bytes())))
            packing.unpack(self.at / kind, self.at / "out")
            self.assertEqual((self.at / "out/shared/models/w.safetensors").read_bytes(), path.read_bytes())

    def test_planes_of_any_length_are_put_together_again(self):
        for length in range(12):
            for width in (1, 2, 4, 8):
                data = bytes(range(length))
                self.assertEqual(coding.whole(coding.planes(data, width), width), data)

    def test_what_is_too_large_is_refused_and_not_kept(self):
        with self.assertRaisesRegex(SystemExit, "the pack has .* and may have 0.0001: nothing is kept.*bin/one"):
            packing.pack(self.members, {}, self.at / "pack", {}, most=0.0001)
        self.assertEqual(list((self.at / "pack").iterdir()), [])

    def test_a_changed_pack_is_noticed(self):
        packing.pack(self.members, {"run": self.at / "one"}, self.at / "pack", {})
        (self.at / "pack/run").write_text("other")
        with self.assertRaisesRegex(SystemExit, "run in .* is not what the manifest names"):
            packing.unpack(self.at / "pack", self.at / "out")
        archive = self.at / "pack/programs.tar.xz"
        archive.write_bytes(archive.read_bytes()[:-1])
        with self.assertRaisesRegex(SystemExit, "programs.tar.xz is not the archive .* changed or cut off"):
            packing.unpack(self.at / "pack", self.at / "out")

    def test_a_file_that_the_manifest_does_not_know_is_not_written(self):
        packing.pack({**self.members, "../three": self.at / "one"}, {}, self.at / "pack", {})
        manifest = self.at / "pack" / packing.MANIFEST
        said = json.loads(manifest.read_text())
        del said["files"]["../three"]
        manifest.write_text(json.dumps(said))
        with self.assertRaisesRegex(SystemExit, "three of the pack is not what the manifest names"):
            packing.unpack(self.at / "pack", self.at / "out")
        self.assertFalse((self.at / "three").exists())


class Machines(unittest.TestCase):
    """What the machine with the card must have for programs from elsewhere."""

    def test_the_newest_version_that_a_program_names_counts(self):
        at = folder(self)
        (at / "a").write_bytes(b"\0libc.so.6\0GLIBC_2.9\0GLIBC_2.34\0GLIBCXX_3.4.32\0GLIBC_PRIVATE\0")
        (at / "b").write_bytes(b"\0GLIBC_2.2.5\0see GLIBC_2.99 \0")
        self.assertEqual(gather.glibc([at / "a", at / "b"]), (2, 34))
        self.assertIsNone(gather.glibc([]))

    def test_an_older_c_library_is_refused_in_a_sentence(self):
        with mock.patch.object(place, "glibc", lambda: (2, 31)):
            with self.assertRaisesRegex(SystemExit, "need glibc 2.34, and this machine has 2.31"):
                place.check_library({"glibc": [2, 34]})
            place.check_library({"glibc": [2, 31]})
            place.check_library({"glibc": [2, 4]})
            place.check_library({})
        with mock.patch.object(place, "glibc", lambda: None):
            place.check_library({"glibc": [2, 34]})

    def test_a_program_that_does_not_start_ends_the_run_in_a_sentence(self):
        at = folder(self)
        (at / "bin").mkdir()
        here = place.Place(at, {"checkpoint": "x"}, "cpu", record.Time(9), on_card.DRY, None, at)
        with self.assertRaisesRegex(SystemExit, "no program starts in .* TMPDIR"):
            here.check_start()
        here.peer.write_text("#!/bin/sh\necho libcudnn.so.9: cannot open >&2\nexit 127\n")
        here.peer.chmod(0o755)
        with self.assertRaisesRegex(SystemExit, "does not start here: libcudnn.so.9: cannot open"):
            here.check_start()


class Shares(unittest.TestCase):
    def test_all_steps_and_ten_seconds_for_unpacking_are_within_the_time(self):
        with mock.patch.object(speed, "Compiling", lambda at: None):
            steps = on_card.steps(None, 1)
        self.assertLessEqual(sum(step.share for step in steps), on_card.WHOLE - 10)
        self.assertTrue(all(step.least <= step.share for step in steps))
        names = [step.name for step in steps]
        self.assertEqual(len(set(names)), len(names))


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

    def test_a_folder_that_cannot_be_written_is_said_before_anything_is_measured(self):
        (self.at / "file").write_text("")
        with self.assertRaisesRegex(SystemExit, "cannot be written .* another --out"):
            record.Record(self.at / "file/out", {})

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

    def test_where_one_profiler_is_refused_the_next_is_asked(self):
        def trace(_place, tool, _precision):
            if tool == "ncu":
                raise record.NotHere("ERR_NVGPUCTRPERM")
            return ["conv"]

        with mock.patch.object(kernels, "trace", trace):
            self.assertEqual(kernels.first(None, ["ncu", "nsys"], "f32"), ("nsys", ["conv"]))
            with self.assertRaisesRegex(record.NotHere, "ERR_NVGPUCTRPERM"):
                kernels.first(None, ["ncu"], "f32")


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
    trained = {
        "versions": {"flipscope": "flipscope, bf16", "eager": "PyTorch, bf16"}, "rounds": 2, "ms": {"train 8": {"flipscope": [10.0, 10.0], "eager": [12.0, 12.0]}},
        "losses": {"train 8": {"flipscope": 0.7, "eager": 0.71}},
    }
    return {"about": {"stand_in": stand_in, "pack": "a"}, "steps": {
        "machine": {"state": "done", "result": machine}, "speed f32": speed(2.0, 1.0, [("graph", 2.5)]), "speed bf16": speed(1.0, 2.0),
        "campaign": {"state": "done", "result": campaign}, "training f32": {"state": "skipped", "why": "3 s are left of the run, and it takes 15 at least"},
        "training bf16": {"state": "done", "result": trained},
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
        self.assertEqual(met["training in f32, gradients of 8 frames: ≥ 1.0 × PyTorch eager"], ("–", None))
        self.assertEqual(met["training in f32, a step of 8 frames with SGD: ≥ 1.0 × PyTorch eager"], ("–", None))
        self.assertEqual(met["training in bf16, gradients of 8 frames: ≥ 1.0 × PyTorch's autocast"], ("1.20 (rounds: 2)", True))
        rate = next(goal for goal in goals.goals(lambda name: held.get(name, {}).get("result"), "NVIDIA T4") if "25,000" in goal.what)
        self.assertEqual((rate.measured, rate.met), ("32,000, on NVIDIA T4", None))

    def test_text(self):
        text, dry = self.text(steps())
        self.assertFalse(dry)
        for part in (
            "NVIDIA H200, driver 580, CUDA 13.0, cuDNN 91900, PyTorch 2.11", "2026-11-30", "- training f32: skipped: 3 s are left",
            "| bf16 | flipscope | 256 | 2 | 0.031 (0.031–0.031) | 32,000 | 2.00 |", "| bf16 | gradients of 8 frames | PyTorch, bf16 | 2 | 12.000 (12.000–12.000) | 1.00 | 0.710000 |", "1 of 2, 50.0%", "1 of 1 by PyTorch, P at most 1.0e-06 apart",
        ):
            self.assertIn(part, text)
        self.assertNotIn("Dry run", text)

    def test_frames_that_are_not_those_of_the_pack_are_told(self):
        held = steps()
        self.assertNotIn("differ from those", self.text(held)[0])
        held["steps"]["machine"]["result"]["frames_as_packed"] = False
        self.assertIn("differ from those of the machine that packed", self.text(held)[0])

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
