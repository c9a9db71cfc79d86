"""The sentences between the formulas of a worked solution, with `$…$` around names."""

from __future__ import annotations

from app.explain.records import Block, Derivation


def heading(found: Derivation) -> str:
    """The title of the whole."""
    if found.leaf is None:
        return f"Gradients of ${found.output.latex}$"
    return f"Gradient of ${found.output.latex}$ with respect to ${found.leaf.latex}$"


def block_sentence(found: Derivation, block: Block) -> str | None:
    """What is added, and what is taken up again further down; None where there is nothing to say."""
    uses = len(block.terms) + block.more_terms
    said = []
    if uses > 1:
        said.append(
            f"${block.latex}$ is used {uses} times on the way to ${found.output.latex}$: one term for each use."
        )
    if block.reused > 1:
        said.append(f"${block.head}$ is computed once and used {block.reused} times below.")
    return " ".join(said) or None


def zero_sentences(found: Derivation) -> list[str]:
    """Of the leaves that the output does not depend on."""
    return [
        f"${found.output.latex}$ does not depend on ${one.latex}$, so its gradient is 0." for one in found.independent
    ]


def cut_sentences(found: Derivation) -> list[str]:
    """What of a long solution is left out."""
    said = []
    if len(found.given) < found.leaves:
        said.append(f"The list of leaves shows {len(found.given):,} of {found.leaves:,}.")
    if len(found.rows) < found.steps:
        said.append(f"The forward pass shows {len(found.rows):,} of {found.steps:,} steps.")
    if len(found.blocks) < found.blocks_total:
        said.append(f"The chain rule shows {len(found.blocks):,} of {found.blocks_total:,} gradients.")
    return said
