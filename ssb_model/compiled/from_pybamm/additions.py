"""What an experiment asks for beyond what every controlled model has: laws, limits, inputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pybamm

from ssb_model.compiled.protocols import START
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

Variables = dict[str, pybamm.Symbol]  # a model's


@dataclass(frozen=True)
class Law:
    """What controls the current in a step; laws of one ``key`` are the same."""

    key: Hashable
    step: pybamm.step.BaseStep = field(compare=False)

    @property
    def differential(self) -> bool:
        """Whether it gives dI/dt."""
        return getattr(self.step, "control", "algebraic") == "differential"

    def residual(self, variables: Variables) -> pybamm.Symbol:
        """What is zero; dI/dt if it is differential."""
        step: Any = self.step
        function = step.current_rhs_function if self.differential else step.get_control_residual
        try:
            return _symbol(step, function(variables))
        except NotImplementedError:
            raise InputError(
                f"The step {_name(self.step)} does not say what it controls: give its class a "
                "get_control_residual(variables), or use pybamm.step.CustomStepImplicit."
            ) from None
        except KeyError as error:
            raise _unknown(self.step, error) from None


@dataclass(frozen=True)
class Watch:
    """What ends a step; those of one ``key`` are the same."""

    key: Hashable
    term: pybamm.step.BaseTermination = field(compare=False)
    step: pybamm.step.BaseStep = field(compare=False)

    def expression(self, variables: Variables) -> pybamm.Symbol:
        """Positive before the step ends."""
        try:
            expression = self.term.get_event_expression(variables, self.step)
        except KeyError as error:
            raise _unknown(self.step, error) from None
        return pybamm.Scalar(1) if expression is None else _symbol(self.step, expression)


@dataclass(frozen=True)
class Additions:
    """What a model is extended by to follow an experiment.

    Attributes
    ----------
    laws, watches
        Of its steps.
    inputs
        Parameters that its steps change.
    outputs
        Variables that its terminations look at.
    """

    laws: tuple[Law, ...] = ()
    watches: tuple[Watch, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the model follows the experiment as it is."""
        return not (self.laws or self.watches or self.inputs or self.outputs)

    @property
    def law_names(self) -> tuple[str, ...]:
        """The laws, as a protocol's steps call them."""
        return tuple(f"law {number}" for number, _ in enumerate(self.laws, 1))

    @property
    def watch_names(self) -> tuple[str, ...]:
        """The watches, as a protocol's steps call them."""
        return tuple(f"watch {number}" for number, _ in enumerate(self.watches, 1))

    def __str__(self) -> str:
        steps = dict.fromkeys(_name(one.step) for one in (*self.laws, *self.watches))
        parts = [*(f"the step {step}" for step in steps), *(f'"{n}" to set' for n in self.inputs)]
        return ", ".join([*parts, *(f'"{name}" to look at' for name in self.outputs)])


def input_parameters(expressions: Iterable[pybamm.Symbol]) -> tuple[str, ...]:
    """Names of the inputs in expressions, without the step's start time."""
    found = {
        symbol.name: None
        for expression in expressions
        for symbol in expression.pre_order()
        if isinstance(symbol, pybamm.InputParameter)
    }
    return tuple(name for name in found if name != START)


def _symbol(step: pybamm.step.BaseStep, value: object) -> pybamm.Symbol:
    try:
        return pybamm.convert_to_symbol(value)
    except ValueError:
        raise InputError(
            f"A function of the step {_name(step)} gives {value!r}, not an expression."
        ) from None


def _unknown(step: pybamm.step.BaseStep, error: KeyError) -> InputError:
    return InputError(f"The step {_name(step)} reads a variable that the model has not: {error}.")


def _name(step: pybamm.step.BaseStep) -> str:
    return f'"{" ".join(str(step).split())}"'
