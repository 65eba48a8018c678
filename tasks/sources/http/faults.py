"""The one exception of the package: why a fetch ends without a usable answer.

Belongs here: the exception. `Client.get` turns it into a response; it never leaves the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.sources.http.records import Problem


class FetchError(Exception):
    """A fetch that ends here.

    Attributes:
        problem: the code that rejections carry.
        detail: what was expected, what came.
        status: of the answer that is the problem; None where there was none.
    """

    def __init__(self, problem: Problem, detail: str, status: int | None = None) -> None:
        """Take the problem and its words."""
        super().__init__(detail)
        self.problem: Problem = problem
        self.detail = detail
        self.status = status
