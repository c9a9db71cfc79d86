"""The one shape of every error: RFC 9457 problem documents with a list of what is wrong."""

from pydantic import Field

from app.api.schemas.answers import Answer, Span


class Fix(Answer):
    """A repair: replacing the text at `span` by `text` removes the mistake."""

    label: str = Field(description="What a button would say.", examples=["Use `sigmoid`"])
    text: str = Field(description="The text to put in.", examples=["sigmoid"])
    span: Span = Field(description="The text to replace.")


class ProblemEntry(Answer):
    """One thing that is wrong."""

    code: str = Field(description="Stable name of the mistake, for programs.", examples=["missing-operand"])
    message: str = Field(
        description="One sentence that says what is wrong.", examples=["Expected an operand after `*`."]
    )
    hint: str | None = Field(default=None, description="What to try.")
    span: Span | None = Field(default=None, description="The place in the program, for mistakes in it.")
    field: str | None = Field(default=None, description="Path of the field of the request.", examples=["values.x"])
    fix: Fix | None = Field(default=None, description="A repair of the program.")


class ProblemDocument(Answer):
    """What every answer with a status of 400 or above holds, as `application/problem+json`."""

    type: str = Field(description="Address of a page about this kind of error.", examples=["/problems/program"])
    title: str = Field(description="The kind of error.", examples=["The program could not be read"])
    status: int = Field(description="The HTTP status.", ge=400, le=599, examples=[422])
    detail: str = Field(description="The first mistake in one sentence.")
    errors: list[ProblemEntry] = Field(description="Every mistake found in one reading, the first first.")
