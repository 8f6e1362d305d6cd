"""Steps of training beside PyTorch's, in f32 without tensor cores, the engines in turn."""
import statistics

from experiments.common.engines import rest, shuffled


def training(place, keep):
    """The step: forward, loss and the gradient of every weight, batch norm in training mode; and with a step of SGD after it."""
    engines = [place.ours("f32"), place.theirs("f32")]
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
