"""Writing truth.json and the table of what was recorded."""
import json
import os
import shutil


def dump(value, depth=4, indent=""):
    """JSON with the outer levels on lines of their own and the inner ones in one line."""
    deeper = indent + " "
    if depth and isinstance(value, dict) and value:
        inner = ["%s: %s" % (json.dumps(k), dump(v, depth - 1, deeper)) for k, v in value.items()]
    elif depth and isinstance(value, list) and value and isinstance(value[0], dict):
        inner = [json.dumps(v) for v in value]
    else:
        return json.dumps(value)
    left, right = "{}" if isinstance(value, dict) else "[]"
    return left + "\n" + ",\n".join(deeper + line for line in inner) + "\n" + indent + right


def write(truth, folder):
    with open(os.path.join(folder, "truth.json"), "w", encoding="ascii") as out:
        out.write(dump(truth) + "\n")


def read(folder):
    with open(os.path.join(folder, "truth.json"), encoding="ascii") as source:
        return json.load(source)


def summary(folders):
    """Prints a table; reports whether all checks are good."""
    rows, bad = [("scenario", "points", "frames", "at the client", "checks")], []
    for folder in folders:
        truth = read(folder)
        vantages, checks = truth["vantages"], truth["checks"]
        failed = [c for c in checks if not c["ok"]]
        bad += [(truth["scenario"], c) for c in failed]
        rows.append((truth["scenario"], len(vantages), sum(v["frames"] for v in vantages.values()),
                     vantages["client"]["frames"], "%d good" % len(checks) if not failed else "%d of %d FAILED" % (len(failed), len(checks))))
    for row in rows:
        print("%-14s %6s %7s %14s  %s" % row)
    for scenario, c in bad:
        print("%s: %s: log says %s, frames say %s (%s)" % (scenario, c["check"], c["expected"], c["got"], c["how"]))
    return not bad


def store(folder, target):
    """Copies what tests want: the captures that the scenario keeps, their truth and the key log."""
    truth = read(folder)
    kept = {point: truth["vantages"][point] for point in truth["keep"]}
    target = os.path.join(target, truth["scenario"])
    os.makedirs(target, exist_ok=True)
    for name in [vantage["file"] for vantage in kept.values()] + [truth["keylog"]]:
        if name:
            shutil.copyfile(os.path.join(folder, name), os.path.join(target, name))
    truth["vantages"] = kept
    if not truth["uncompared"]:
        write(truth, target)
