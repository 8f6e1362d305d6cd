"""Steps of training beside PyTorch's, the engines in turn: in f32 without tensor cores, and with convolutions in bf16, as PyTorch's autocast."""
import statistics

from experiments.common.engines import rest, shuffled
from experiments.oncard.record import NotHere

PRECISIONS = ["f32", "bf16"]


def training(precision):
    """The step of a precision."""

    def work(place, keep):
        if precision not in place.precisions:
            raise NotHere(f"{precision}, which a processor has not")
        return measured(place, keep, precision)

    return work


def measured(place, keep, precision):
    """Forward, loss and the gradient of every weight, batch norm in training mode; and with a step of SGD after it. Milliseconds of every
    engine, round by round, as long as the step's time lasts; the first round is not counted, and gives the losses."""
    engines = [place.ours(precision), place.theirs(precision)]
    names = {engine: name for engine, name in zip(engines, ("flipscope", "eager"))}
    questions = {f"train {batch}": repeats for batch, repeats in place.sizes.training.items()}
    if not place.stand_in:
        questions["step 0"] = 2
    found = {"versions": {names[engine]: engine.ask("about")["version"] for engine in engines}, "ms": {}, "losses": {}, "rounds": 0}
    longest = 0
    for round_ in range(-1, place.sizes.rounds):
        left = place.time.left_of_step()
        if round_ > 0 and left < 1.3 * longest:
            break
        for question, repeats in questions.items():
            for engine in shuffled(engines, round_):
                rest(0.05)
                given = [engine.ask(question) for _ in range(repeats + (round_ < 0))]
                name = names[engine]
                if round_ < 0:
                    found["losses"].setdefault(question, {})[name] = given[0]["loss"]
                else:
                    found["ms"].setdefault(question, {}).setdefault(name, []).append(statistics.median(one["ms"] for one in given))
        longest = max(longest, left - place.time.left_of_step())
        found["rounds"] = round_ + 1
        keep(found)
    return found
