"""The text of docs/performance.md about a card, from what `on-card measure` wrote, and from nothing else. Standard library only."""
import json

from experiments.common.engines import median_ratio, spread
from experiments.common.rates import rate
from experiments.oncard import goals

ENGINES = {"flipscope": "flipscope", "eager": "eager", "compiled": "compiled", "graph": "graph"}
PRECISIONS = ["f32", "tf32", "bf16"]


def text(path):
    """The text, and whether it tells of a dry run."""
    held = json.loads(path.read_text())
    steps = held["steps"]

    def result(name):
        return steps.get(name, {}).get("result")

    dry = held["about"]["stand_in"]
    parts = [
        heading(result("machine") or {}, dry), gone(steps), goal_table(result, dry), speeds(result), differences(result), suite(result), campaign(result),
        training(result), memory(result("memory")), limits(result("limits")), kernels(result("profile")),
    ]
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part), dry


def heading(machine, dry):
    """Where and when it was measured."""
    if dry:
        yield "**Dry run on the processor: no figure below is of a card.**"
        yield ""
    if not machine:
        yield "The machine was not looked at."
        return
    card = "{card}, driver {driver}, CUDA {cuda}, cuDNN {cudnn}".format(**machine) if "card" in machine else "No card"
    yield (
        f"{card}, PyTorch {machine['torch']}, torchvision "
        f"{machine['torchvision']}; {machine['processor']}, {machine['processors']} threads; {machine['flipscope']}, commit {machine['commit']}; "
        f"{machine['date']}. `experiments/run on-card measure`; bytes of frames go to the card and logits come back."
    )
    if not machine.get("frames_as_packed", True):
        yield "The synthetic frames that were drawn there differ from those of the machine that packed, which they should not; all engines were given the same."


def gone(steps):
    """What was not measured, or not to its end, and why."""
    for name, step in steps.items():
        if step["state"] != "done":
            kept = ", what it had found is kept" if step.get("result") else ""
            yield f"- {name}: {step['state']}{kept}: {step.get('why', 'the run ended in it').splitlines()[0]}"


def goal_table(result, dry):
    yield "| goal | measured | met |"
    yield "|---|---|---|"
    for goal in goals.goals(result, (result("machine") or {}).get("card")):
        yield goal.row(dry)


def speeds(result):
    yield "Milliseconds a frame: median (quartiles) of the rounds, the engines in turn; ratios of rates to PyTorch eager in the same round, more is faster."
    yield ""
    yield "| precision | engine | batch | rounds | ms a frame | frames a second | ratio to eager |"
    yield "|---|---|---|---|---|---|---|"
    for precision in PRECISIONS:
        found = result(f"speed {precision}") or {}
        for batch, taken in found.get("ms", {}).items():
            for name in ENGINES:
                if values := taken.get(name):
                    ratio = f"{median_ratio(taken['eager'], values):.2f}" if taken.get("eager") else "–"
                    yield (
                        f"| {precision} | {found['versions'][name]} | {batch} | {len(values)} | {quartiles(values, int(batch))} "
                        f"| {goals.rate(found, int(batch), name):,.0f} | {ratio} |"
                    )


def quartiles(values, by):
    """Median and quartiles; of a single value that one."""
    return spread(values, by, 3) if len(values) > 1 else f"{values[0] / by:.3f}"


def differences(result):
    found = {precision: result(f"speed {precision}") for precision in PRECISIONS}
    if not any(found.values()):
        return
    yield "| precision | engine | largest difference in P | of frames | from |"
    yield "|---|---|---|---|---|"
    for precision, one in found.items():
        for name, apart in ((one or {}).get("apart") or {}).items():
            yield f"| {precision} | {one['versions'][name]} | {apart:.1e} | {one['frames_compared'][name]} | {one['compared_with']} |"


def suite(result):
    rows = [(precision, found) for precision in PRECISIONS if (found := result(f"tests {precision}"))]
    if not rows:
        return
    yield "| tests with the card | pass | fail | not finished |"
    yield "|---|---|---|---|"
    for precision, found in rows:
        programs = found["programs"].values()
        failed = [name for one in programs for name in one["failed"]]
        unfinished = sum(one["unfinished"] for one in programs)
        names = f": {', '.join(f'`{name}`' for name in failed)}" if failed else ""
        yield f"| {precision} | {found['passed']} of {found['of']} | {len(failed)}{names} | {unfinished} |"


def campaign(result):
    found = result("campaign")
    if not found:
        return
    yield (
        f"Colour, preset `letter`, lowest P, at most {found['budget']:,} frames a lesion, seed {found['seed']}, {found['lesions']} lesions; candidates in "
        f"{found['draft']}, flips decided in f32."
    )
    yield ""
    yield "| campaign | flips | frames judged | seconds of the searches but the first | frames a second in them | with everything around them |"
    yield "|---|---|---|---|---|---|"
    for name in ("flipscope", "scipy"):
        if one := found.get(name):
            called = one.get("version", "flipscope")
            yield (
                f"| {called} | {rate(one['flips'], one['searched'])} | {one['frames']:,} | {one['seconds']:.2f} ({one['timed']}) "
                f"| {rounded(one['frames_a_second'])} | {one['wall_seconds']:.2f} s, {rounded(one['frames_a_second_of_wall'])} |"
            )
    for whose, one in found.get("judged_again", {}).items():
        apart = "" if one["apart"] is None else f", P at most {one['apart']:.1e} apart"
        yield ""
        yield (
            f"{whose} flips judged again in f32: {one['flipscope_f32']} of {one['flips']} are flips by flipscope, {one['pytorch_f32']} of "
            f"{one['flips']} by PyTorch{apart}."
        )


def rounded(value):
    return "–" if value is None else f"{value:,.0f}"


def training(result):
    rows = [(precision, found) for precision in ("f32", "bf16") if (found := result(f"training {precision}"))]
    if not rows:
        return
    yield "In bf16 convolutions alone, with f32 for all that is kept; PyTorch by autocast."
    yield ""
    yield "| training in | what | engine | rounds | ms | ratio to PyTorch | first loss |"
    yield "|---|---|---|---|---|---|---|"
    for precision, found in rows:
        for question, taken in found["ms"].items():
            for name, values in taken.items():
                ratio = f"{median_ratio(taken['eager'], values):.2f}" if taken.get("eager") else "–"
                loss = found["losses"][question][name]
                yield (
                    f"| {precision} | {goals.in_words(question)} | {found['versions'][name]} | {len(values)} | {quartiles(values, 1)} | {ratio} "
                    f"| {loss:.6f} |"
                )


def memory(found):
    if not found:
        return
    yield "| memory of the card after the largest batch, alone | flipscope | PyTorch eager |"
    yield "|---|---|---|"
    for precision, one in found.items():
        cells = [f"{one[name]['mb']:,.0f} MB (batch {one[name]['batch']})" if name in one else "–" for name in ("flipscope", "eager")]
        yield f"| {precision} | {' | '.join(cells)} |"


def limits(found):
    """PyTorch against its own f32."""
    if not found:
        return
    yield (
        f"PyTorch against its own f32 on {found['rows']} golden rows, here ({found['device']}); what the tests allow is in "
        "`tests/golden/precision_limits.json`."
    )
    yield ""
    yield "| precision | quantity | largest | 99th percentile | values |"
    yield "|---|---|---|---|---|"
    for precision, quantities in found["limits"].items():
        for name, one in quantities.items():
            against = "P, from golden.json" if precision == "f32" else name
            yield f"| {precision} | {against} | {one['largest']:.1e} | {one['percentile_99']:.1e} | {one['count']} |"


def kernels(found):
    if not found:
        return
    yield f"Kernels of a forward pass of {found['batch']} frames by {found['tool']}, the ten that take most:"
    yield ""
    yield "| precision | of | kernel | times | µs | share |"
    yield "|---|---|---|---|---|---|"
    for precision, one in found["precisions"].items():
        yield f"| {precision} | {one['of']} | all | {one['kernels']} | {one['microseconds']:,.0f} | 100% |"
        for kernel in one["by_name"][:10]:
            part = kernel["microseconds"] / one["microseconds"]
            yield f"| {precision} |  | `{kernel['name']}` | {kernel['count']} | {kernel['microseconds']:,.0f} | {part:.0%} |"
