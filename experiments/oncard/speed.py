"""flipscope beside PyTorch, eager, compiled (reduce-overhead) and as a captured graph: batches in turn, in one precision. What is compiled is
compiled beforehand, beside the tests, which nobody times."""
import statistics
import threading

from experiments.common.engines import furthest, rest, shuffled
from experiments.oncard.place import asked_of_driver, end
from experiments.oncard.record import NotHere


class Compiling:
    """The compiled network of every precision, being compiled for every size of batch in processes of their own."""

    def __init__(self, place):
        self.place, self.engines, self.ready, self.threads = place, {}, {}, []
        if place.stand_in:
            return
        for precision in place.precisions:
            if not place.record.done(f"speed {precision}"):
                engine = place.theirs(precision, "reduce")
                place.keep(engine)
                self.engines[precision], self.ready[precision] = engine, []
                thread = threading.Thread(target=self.warm, args=(precision,), daemon=True)
                thread.start()
                self.threads.append((precision, thread))

    def warm(self, precision):
        try:
            for batch in self.place.sizes.batches:
                # The first passes compile and capture.
                for _ in range(4):
                    self.engines[precision].ask(f"forward {batch}")
                self.ready[precision].append(batch)
        except (SystemExit, OSError, ValueError):
            pass

    def settle(self, seconds):
        """Waits for the compilers so long, and ends those that are not done: they would take time from what is measured."""
        for precision, thread in self.threads:
            thread.join(max(seconds, 0) / len(self.threads))
            if thread.is_alive():
                end(self.engines[precision].process)
                thread.join(5)
        self.threads = []

    def of(self, precision):
        """The engine, and the sizes that it is compiled for; nothing where it was ended."""
        engine = self.engines.get(precision)
        alive = engine is not None and engine.process.poll() is None and self.ready[precision]
        return (engine, self.ready[precision]) if alive else (None, [])


def speed(precision, compiling):
    """The step of a precision."""

    def work(place, keep):
        if precision not in place.precisions:
            raise NotHere(f"{precision}, which a processor has not")
        compiling.settle(place.time.left_of_step() / 3)
        engines = {"flipscope": (place.ours(precision), place.sizes.batches), "eager": (place.theirs(precision), place.sizes.batches)}
        if not place.stand_in:
            engines["graph"] = place.theirs(precision, "graph"), [1]
        compiled, ready = compiling.of(precision)
        if compiled:
            engines["compiled"] = compiled, ready
        return measured(place, keep, precision, engines)

    return work


def measured(place, keep, precision, engines):
    """Milliseconds of every engine and size, round by round, as long as the step's time lasts; the first round is not counted."""
    found = {
        "versions": {name: engine.ask("about")["version"] for name, (engine, _) in engines.items()},
        "left_out": [name for name in ("graph", "compiled") if name not in engines], "rounds": 0, "ms": {},
    }
    given = {name: probabilities(name, engine, sizes, place.sizes.compared) for name, (engine, sizes) in engines.items()}
    # f32 is measured first; where it was not, each precision is compared with PyTorch in the same one, and says so.
    exact = (place.record.result("speed f32") or {}).get("probabilities")
    found["compared_with"] = "PyTorch eager f32" if exact or precision == "f32" else f"PyTorch eager {precision}"
    if precision == "f32":
        found["probabilities"] = given["eager"]
    found["apart"] = {name: furthest(exact or given["eager"], some) for name, some in given.items() if some}
    found["frames_compared"] = {name: len(some) for name, some in given.items()}
    keep(found)
    longest = 0
    for round_ in range(-1, place.sizes.rounds):
        left = place.time.left_of_step()
        if round_ > 0 and left < 1.3 * longest:
            break
        for batch, repeats in place.sizes.batches.items():
            for name in shuffled(list(engines), round_ * 1000 + batch):
                engine, sizes = engines[name]
                if batch in sizes:
                    rest(0.05)
                    taken = [engine.ask(f"forward {batch}")["ms"] for _ in range(repeats + 1)][1:]
                    if round_ >= 0:
                        found["ms"].setdefault(str(batch), {}).setdefault(name, []).append(statistics.median(taken))
        longest = max(longest, left - place.time.left_of_step())
        found["rounds"] = round_ + 1
        keep(found)
    return found


def probabilities(name, engine, sizes, count):
    """The answers to the first frames: of a captured or compiled network in a size that it was made for."""
    if name in ("graph", "compiled"):
        count = max((size for size in sizes if size <= count), default=0)
    return engine.ask(f"probabilities {count}")["probabilities"] if count else []


def memory(place, keep):
    """What each engine takes of the card's memory, alone on it, after its largest batch: the growth of what the driver counts as used."""
    if place.stand_in:
        raise NotHere("a card, whose memory would be counted")
    if asked_of_driver("memory.used") is None:
        raise NotHere("nvidia-smi, which counts the card's memory")
    found, batch = {}, max(place.sizes.batches)
    for precision in place.precisions:
        for name, start in {"flipscope": place.ours, "eager": place.theirs}.items():
            before = float(asked_of_driver("memory.used"))
            engine = start(precision)
            engine.ask(f"forward {batch}")
            engine.ask(f"forward {batch}")
            found.setdefault(precision, {})[name] = {"batch": batch, "mb": float(asked_of_driver("memory.used")) - before}
            end(engine.process)
            rest(0.5)
            keep(found)
    return found
