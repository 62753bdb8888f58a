"""Mixin for a Mesa model whose many agents are rows of arrays; and release of a finished model.

Registering seventy thousand objects takes a second and 60 MB, and a compiled loop cannot read
them. Households are therefore rows of the world's arrays. `ArrayAgentSet` (`array_set.py`) gives them
the interface of Mesa's AgentSet; one household is a view of its row, created on access (`window.py`).
"""

from typing import Any

import mesa

from agents.mesa_adapter.array_set import ArrayAgentSet
from agents.mesa_adapter.window import RecordBacked, RowAgent

__all__ = ["ArrayAgentModelMixin", "ArrayAgentSet", "RecordBacked", "RowAgent", "release"]


class ArrayAgentModelMixin:
    """Mixin for a Mesa model with array-backed agents: ``class Model(ArrayAgentModelMixin, mesa.Model)``.

    Call `register_many(Household)` after the world is created. From then on `agents_by_type[Household]`
    and `agent_types` contain the kind, and a DataCollector's `agenttype_reporters` work on it. (A
    reporter of an array field should copy it: Mesa 3.3 stores the view.)

    `agents` contains only the ordinary, registered agents: Mesa's `agent_reporters` and `agents.do`
    iterate over it, and creating seventy thousand views each time would be slow.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._many: dict[type[RowAgent], ArrayAgentSet] = {}
        super().__init__(*args, **kwargs)

    def register_many(self, agent_type: type[RowAgent], rows: Any = None) -> ArrayAgentSet:
        """Register a kind of agent that is stored as rows of the world: all rows or only `rows`.

        Parameters
        ----------
        agent_type : type
            Kind of agent.
        rows : array-like of int, optional
            Rows that are members; all rows by default.

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
        """Agent sets by kind: Mesa's sets of registered agents and array-backed sets."""
        return {**super().agents_by_type, **self._many}  # type: ignore[misc]

    @property
    def agent_types(self) -> list[type]:
        """All kinds of agents of the model."""
        return list(self.agents_by_type)


def release(model: mesa.Model, *, dismantle: bool = False) -> None:
    """Remove Mesa's global references to a finished model, which would keep it in memory.

    Parameters
    ----------
    model : mesa.Model
        Do not create agents in it afterwards: their ids would start from 1 again.
    dismantle : bool
        Also clear the attributes of the model, so that its arrays are freed now and not at the next
        garbage collection, which in a sweep can be many models later. The model is unusable afterwards.
    """
    ids = getattr(mesa.Agent, "_ids", None)  # Mesa 3.3 counts ids in a dictionary keyed by model
    if ids is not None:
        ids.pop(model, None)
    registry = getattr(model, "data_registry", None)  # Mesa 3.5 registers agents in data sets
    if registry is not None:
        registry.close()
    if dismantle:
        vars(model).clear()
