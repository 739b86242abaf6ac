"""What all statements of one program share: names, the trace, and how many steps are left."""

import contextvars
import threading

from greenlet import GreenletExit, error, getcurrent, greenlet, settrace


class Stop(BaseException):
    """Ends a program wherever it is; no handler takes it."""


class AppError(Exception):
    """What programs raise."""


# How both sides call what programs do wrong: by what Python says of it.
MISTAKES = {
    "run": "nothing to run",
    "run cannot be set after the start of the greenlet": "begun",
    "Main greenlets do not have a run attribute.": "begun",
    "cannot set the parent of a main greenlet": "parent of main",
    "cyclic parent chain": "circle",
    "parent cannot be on a different thread": "elsewhere",
    "cannot switch to a different thread": "elsewhere",
}


def mistake_of(thrown):
    """None for what is no mistake."""
    if not isinstance(thrown, (AttributeError, ValueError, TypeError, error)):
        return None
    text = str(thrown)
    if text.startswith("GreenletChecker"):
        return "no greenlet"
    if "contextvars.Context" in text:
        return "no context"
    return MISTAKES.get(text, text)


def make_error(spec):
    if spec["kind"] == "App":
        return AppError(spec["message"])
    return GreenletExit(spec["message"])


class Elsewhere:
    """A thread with greenlets of its own, alive until it is told."""

    def __init__(self):
        self.greenlets = []
        self._ready = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._ready.wait()

    def _run(self):
        main = getcurrent()
        begun = greenlet(lambda: main.switch())
        begun.switch()
        self.greenlets = [greenlet(lambda: None), begun, main]
        self._ready.set()
        self._over.wait()
        self.greenlets = []

    def end(self):
        self._over.set()
        self._thread.join()


class World:
    def __init__(self, program, limits):
        self.program = program
        self.limits = limits
        self.trace = []
        self.ended = False
        self.main = getcurrent()
        self.main.gr_context = None
        self.slots = [self.main] + [None] * (limits["slots"] - 1)
        self.made = []
        self.variables = [
            contextvars.ContextVar("v%d" % index, default=None) for index in range(limits["variables"])
        ]
        self._steps = 0
        self._names = {id(self.main): "G0"}
        self._times = {}
        self._tracers = {}
        self.elsewhere = Elsewhere() if program["foreign"] else None
        if self.elsewhere:
            for index, one in enumerate(self.elsewhere.greenlets):
                self._names[id(one)] = "F%d" % index

    def log(self, what, *details):
        if not self.ended:
            self.trace.append([self.name(getcurrent()), what, *details])

    def name(self, one):
        return None if one is None else self._names.get(id(one), "unnamed")

    def know(self, made, slot):
        times = self._times.get(slot, 0)
        self._times[slot] = times + 1
        self._names[id(made)] = "G%d" % slot + "'" * times
        self.made.append(made)
        self.slots[slot] = made

    def find(self, ref):
        if ref == "self":
            return getcurrent()
        if ref == "parent":
            return getcurrent().parent
        index = int(ref[1:])
        if ref[0] == "F":
            return self.elsewhere.greenlets[index] if self.elsewhere else None
        return self.slots[index]

    def value(self, value):
        return getcurrent() if value == "self" else value

    def describe(self, value):
        """A value, or an error, as both sides write it."""
        if isinstance(value, greenlet):
            return self.name(value)
        if isinstance(value, (list, tuple)):
            return [self.describe(one) for one in value] if len(value) > 0 or isinstance(value, list) else None
        if isinstance(value, AppError):
            return ["App", value.args[0]]
        if isinstance(value, GreenletExit):
            return ["Exit", value.args[0] if value.args else None]
        if isinstance(value, BaseException):
            mistake = mistake_of(value)
            return [type(value).__name__, str(value)] if mistake is None else ["Mistake", mistake]
        return value

    def takes(self, kind, thrown):
        """Whether a handler of this kind takes the error."""
        if kind == "all":
            return True
        if kind == "exit":
            return isinstance(thrown, GreenletExit)
        if kind == "ordinary":
            return isinstance(thrown, Exception)
        if kind == "app":
            return isinstance(thrown, AppError)
        return mistake_of(thrown) is not None

    def step(self):
        if self.ended:
            raise Stop()
        self._steps += 1
        if self._steps > self.limits["steps"]:
            self.log("too long")
            self.stop()

    def stop(self):
        self.ended = True
        raise Stop()

    def leave_undefined(self, heir):
        """A GreenletExit that a greenlet gives to one that has not begun is what no greenlet can take: C goes wrong there."""
        while heir is not None and heir.dead:
            heir = heir.parent
        if heir is not None and not heir and hasattr(heir, "run"):
            self.log("undefined")
            self.stop()

    def tracer(self, number, fails):
        calls = 0

        def traced(event, greenlets):
            nonlocal calls
            if self.ended:
                return
            origin, target = greenlets
            self.log("traced", "T%d" % number, event, self.name(origin), self.name(target))
            calls += 1
            if fails is not None and calls > fails:
                raise AppError("from a tracer")

        self._tracers[traced] = "T%d" % number
        return traced

    def tracer_name(self, tracer):
        return self._tracers.get(tracer)

    def end(self):
        """Nothing of this program may run, or be collected, while the next one does."""
        self.ended = True
        settrace(None)
        for one in self.made:
            while one:
                try:
                    one.throw(Stop())
                except BaseException:
                    pass
        self.main.gr_context = None
        if self.elsewhere:
            self.elsewhere.end()
