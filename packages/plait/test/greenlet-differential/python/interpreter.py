"""Runs programs with Python's own greenlet: batches of them come in, a line each, and go out as traces."""

import contextvars
import json
import sys

from greenlet import GreenletExit, getcurrent, greenlet, settrace
from ways import CALLS, with_callback
from world import AppError, Stop, World, make_error, mistake_of


class OwnRun(greenlet):
    """A greenlet whose class says what it runs."""

    def __init__(self, runner, body, parent):
        super().__init__(parent=parent)
        self.runner = runner
        self.body = body

    def run(self, *args):
        return self.runner.body(self.body, args)


class Runner:
    def __init__(self, world):
        self.world = world

    def main(self):
        world = self.world
        try:
            self.body(0, ())
        except BaseException:
            pass
        for made in world.made:
            world.log("left", world.name(made), made.dead, bool(made), world.name(made.parent))

    def body(self, index, args):
        world = self.world
        world.step()
        world.log("starts", index, [world.describe(arg) for arg in args])
        try:
            signal = self.block(world.program["bodies"][index])
        except BaseException as thrown:
            if not world.ended:
                world.log("fails", world.describe(thrown))
                if isinstance(thrown, GreenletExit):
                    world.leave_undefined(getcurrent().parent)
            raise
        value = None if signal is None else world.value(signal[0])
        world.log("returns", world.describe(value))
        return value

    def block(self, statements):
        for statement in statements:
            self.world.step()
            signal = getattr(self, "run_" + statement["op"])(statement)
            if signal is not None:
                return signal
        return None

    # What may switch

    def run_switch(self, statement):
        world = self.world
        target = world.find(statement["to"])
        if target is None:
            return world.log("nobody")
        args = [world.value(arg) for arg in statement["args"]]
        world.log("switch", world.name(target), [world.describe(arg) for arg in args])
        self.arrive("switch", lambda: target.switch(*args))

    def run_throw(self, statement):
        world = self.world
        target = world.find(statement["to"])
        if target is None:
            return world.log("nobody")
        thrown = () if statement["error"] is None else (make_error(statement["error"]),)
        world.log("throw", world.name(target), world.describe(thrown))
        if statement["error"] is None or statement["error"]["kind"] == "Exit":
            if target.dead or (not target and hasattr(target, "run")):
                world.leave_undefined(target.parent)
        self.arrive("throw", lambda: target.throw(*thrown))

    def arrive(self, op, leave):
        world = self.world
        try:
            value = leave()
        except BaseException as thrown:
            if not world.ended:
                world.log(op + " throws", world.describe(thrown))
            raise
        world.log(op + " gives", world.describe(value))

    def run_try(self, statement):
        world = self.world
        try:
            return self.guarded(statement)
        finally:
            if statement["cleanup"] is not None and not world.ended:
                world.log("finally")
                signal = self.block(statement["cleanup"])
                if signal is not None:
                    world.log("finally returns")
                    return signal

    def guarded(self, statement):
        world = self.world
        handler = statement["handler"]
        try:
            return self.block(statement["body"])
        except BaseException as thrown:
            if world.ended or handler is None or not world.takes(handler["kind"], thrown):
                raise
            world.log("catch", handler["kind"], world.describe(thrown))
            signal = self.block(handler["body"])
            world.log("handled", handler["leave"])
            if signal is not None or handler["leave"] == "swallow":
                return signal
            if handler["leave"] == "rethrow":
                raise
            raise AppError("from a handler")

    def run_repeat(self, statement):
        for number in range(statement["times"]):
            self.world.log("round", number)
            signal = self.block(statement["body"])
            if signal is not None:
                return signal
        return None

    def run_within(self, statement):
        world = self.world
        way, times = statement["way"], statement["times"]
        world.log("within", way, times)

        def block():
            return self.block(statement["body"])

        if way in CALLS:
            signal = CALLS[way](world, block, times)
            world.log("without", way)
            return signal
        world.log("without", way, with_callback(way, world, block, times))
        return None

    def run_pause(self, statement):
        self.world.log("pause")

    # What happens at once

    def attempt(self, what, on, action):
        try:
            action()
        except Exception as thrown:
            if mistake_of(thrown) is None:
                raise
            return self.world.log(what, on, self.world.describe(thrown))
        return self.world.log(what, on, "done")

    def run_create(self, statement):
        world = self.world
        parent = None if statement["parent"] is None else world.find(statement["parent"])
        if statement["making"] == "class":
            made = OwnRun(self, statement["body"], parent)
        elif statement["making"] == "nothing":
            made = greenlet(parent=parent)
        else:
            made = greenlet(self.runs(statement["body"]), parent)
        world.know(made, statement["slot"])
        world.log("create", world.name(made), statement["making"], world.name(made.parent))

    def runs(self, index):
        return lambda *args: self.body(index, args)

    def run_setRun(self, statement):
        target = self.world.find(statement["of"])
        if target is None:
            return self.world.log("nobody")
        run = self.runs(statement["body"])
        self.attempt("setRun", self.world.name(target), lambda: setattr(target, "run", run))

    def run_setParent(self, statement):
        world = self.world
        target, to = world.find(statement["of"]), statement["to"]
        parent = {"nothing": None, "number": 5}.get(to) if to in ("nothing", "number") else world.find(to)
        is_missing = parent is None and to != "nothing"
        # One that has not begun may move to another thread: then it is that one's, which tasks do not do.
        if target is None or is_missing or (to[0] == "F" and not target and not target.dead):
            return world.log("nobody")
        on = [world.name(target), to if to in ("nothing", "number") else world.name(parent)]
        self.attempt("setParent", on, lambda: setattr(target, "parent", parent))

    def run_look(self, statement):
        world = self.world
        target = world.find(statement["at"])
        if target is None:
            return world.log("nobody")
        world.log("look", world.name(target), target.dead, bool(target), world.name(target.parent))

    def run_setVariable(self, statement):
        self.world.variables[statement["variable"]].set(statement["value"])
        self.world.log("setVariable", statement["variable"], statement["value"])

    def run_getVariable(self, statement):
        self.world.log("getVariable", statement["variable"], self.world.variables[statement["variable"]].get())

    def run_setContext(self, statement):
        world = self.world
        target, to = world.find(statement["of"]), statement["to"]
        if target is None:
            return world.log("nobody")
        if to in ("nothing", "number", "copy"):
            context = {"nothing": None, "number": 5}.get(to) if to != "copy" else contextvars.copy_context()
        else:
            source = world.find(to)
            if source is None:
                return world.log("nobody")
            context = source.gr_context
            # An empty one is none at all, mostly: there it cannot be shared.
            if context is not None and not any(one in context for one in world.variables):
                context = None
            to = world.name(source)
        self.attempt("setContext", [world.name(target), to], lambda: setattr(target, "gr_context", context))

    def run_readContext(self, statement):
        world = self.world
        target = world.find(statement["of"])
        if target is None:
            return world.log("nobody")
        context = target.gr_context
        value = None if context is None else context.get(world.variables[statement["variable"]])
        world.log("readContext", world.name(target), value)

    def run_trace(self, statement):
        world = self.world
        number = statement["tracer"]
        before = settrace(None if number is None else world.tracer(number, statement["fails"]))
        world.log("trace", number, world.tracer_name(before))

    def run_raise(self, statement):
        thrown = make_error(statement["error"])
        self.world.log("raise", self.world.describe(thrown))
        raise thrown

    def run_return(self, statement):
        return (statement["value"],)


def run(program, limits):
    world = World(program, limits)
    Runner(world).main()
    world.end()
    return world.trace


def serve():
    for line in sys.stdin:
        batch = json.loads(line)
        traces = [run(program, batch["limits"]) for program in batch["programs"]]
        sys.stdout.write(json.dumps(traces) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
