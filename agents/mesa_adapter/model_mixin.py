"""The many as Mesa agents: sets that hold row numbers, and members made when somebody looks.

Registering seventy thousand objects takes a second and 60 MB, and a compiled loop cannot read
them. So the households stand as rows in the world's arrays, `ArrayAgentSet` (`array_set.py`)
answers for them what Mesa's AgentSet answers for objects, and one household is a window on its row
(`window.py`). Here a model comes to know them, and Mesa comes to forget the model.
"""

from typing import Any

import mesa

from agents.mesa_adapter.array_set import ArrayAgentSet
from agents.mesa_adapter.window import RecordBacked, RowAgent

__all__ = ["ArrayAgentModelMixin", "ArrayAgentSet", "RecordBacked", "RowAgent", "release"]


class ArrayAgentModelMixin:
    """Lets a Mesa model have array-backed kinds; write ``class Model(ArrayAgentModelMixin, mesa.Model)``.

    Call `register_many(Household)` once the world stands. From then on `agents_by_type[Household]`
    and `agent_types` know the kind, and a DataCollector's `agenttype_reporters` work on it. (A
    reporter of a field that is itself a row of numbers should copy it: Mesa 3.3 keeps the view.)

    `agents` stays the ordinary, registered agents: it is what Mesa's `agent_reporters` and
    `agents.do` walk through, and seventy thousand windows each time is what arrays are there to avoid.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._many: dict[type[RowAgent], ArrayAgentSet] = {}
        super().__init__(*args, **kwargs)

    def register_many(self, agent_type: type[RowAgent], rows: Any = None) -> ArrayAgentSet:
        """Make a kind known whose agents are rows of the world: all of them or only `rows`.

        Parameters
        ----------
        agent_type : type
            Kind of agent.
        rows : array-like of int, optional
            Rows that are members; all where it is left out.

        Returns
        -------
        ArrayAgentSet
            The agents, in order of their rows.
        """
        for other in self._many:
            if other is not agent_type and other.kind_number == agent_type.kind_number:
                raise ValueError(
                    f"{agent_type.__name__}.kind_number = {agent_type.kind_number} is also that of "
                    f"{other.__name__}: ids would clash, expected another number"
                )
        self._many[agent_type] = ArrayAgentSet(agent_type, self, rows)
        return self._many[agent_type]

    @property
    def agents_by_type(self) -> dict[type, Any]:
        """Mesa's sets of registered agents and our sets of rows, by kind."""
        return {**super().agents_by_type, **self._many}  # type: ignore[misc]

    @property
    def agent_types(self) -> list[type]:
        """All kinds of agents of the model."""
        return list(self.agents_by_type)


def release(model: mesa.Model, *, dismantle: bool = False) -> None:
    """Let go of a model whose run has ended; Mesa would keep it alive for ever.

    Parameters
    ----------
    model : mesa.Model
        Make no agents in it afterwards: their ids would start from 1 again.
    dismantle : bool
        Also take the model apart, so that its arrays are freed now and not when Python next looks
        for circles of references, which in a sweep can be many models later. Nothing of it can be
        read afterwards.
    """
    ids = getattr(mesa.Agent, "_ids", None)  # Mesa 3.3 counts ids in a dictionary keyed by model
    if ids is not None:
        ids.pop(model, None)
    registry = getattr(model, "data_registry", None)  # Mesa 3.5 ties agents to their data sets
    if registry is not None:
        registry.close()
    if dismantle:
        vars(model).clear()
