"""CQL2 text → the same expression CQL2 JSON writes; by recursive descent, a function per rule.

Linear in the length of the text and bounded in depth, since anyone may send one. The grammar is
that of OGC 21-065r2, Annex B; types are not its business but evaluate's.
"""

from collections.abc import Callable
from typing import Any

from app.store.cql.errors import wrong
from app.store.cql.operators.arrays import ARRAYS
from app.store.cql.syntax.lexer import Token, tokens
from app.store.cql.syntax.wkt import geometry_text

DEPTH_MOST = 40
NESTED_SHAPES_MOST = 8

SPELLING = {
    name.lower(): name
    for name in (
        "a_containedBy", "t_finishedBy", "t_metBy", "t_overlappedBy", "t_startedBy",
    )
}  # fmt: skip
"""Operators that CQL2 JSON does not write all in lower case."""

COMPARISONS = {"=": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
LITERAL_CALLS = ("date", "timestamp", "interval", "bbox")


def parse_text(text: str) -> Any:
    """The expression of a filter. Raises BadValue saying where it stops making sense."""
    return Parser(text).whole()


class Parser:
    """A place in the tokens of one filter."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(tokens(text))
        self.place = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def next(self) -> Token:
        token = self.now
        self.place += 1
        return token

    def take(self, *words: str) -> str:
        """The current sign or keyword if it is one of these, else nothing."""
        if self.now.kind in ("sign", "keyword") and self.now.text in words:
            return self.next().text
        return ""

    def need(self, *words: str) -> str:
        return self.take(*words) or self.fail(" or ".join(words))

    def fail(self, expected: str) -> Any:
        rest = self.text[self.now.start :] or "the end"
        raise wrong(rest, f"{expected} at character {self.now.start + 1} of the filter")

    def whole(self) -> Any:
        expression = self.disjunction()
        if self.now.kind != "end":
            self.fail("AND, OR or the end")
        return expression

    def deeper(self, rule: Callable[[], Any]) -> Any:
        """What a rule finds one level down."""
        self.depth += 1
        if self.depth > DEPTH_MOST:
            self.fail(f"at most {DEPTH_MOST} levels")
        expression = rule()
        self.depth -= 1
        return expression

    def disjunction(self) -> Any:
        return self.joined("OR", self.conjunction)

    def conjunction(self) -> Any:
        return self.joined("AND", self.negation)

    def joined(self, word: str, rule: Callable[[], Any]) -> Any:
        parts = [rule()]
        while self.take(word):
            parts.append(rule())
        return {"op": word.lower(), "args": parts} if len(parts) > 1 else parts[0]

    def negation(self) -> Any:
        if self.take("NOT"):
            return {"op": "not", "args": [self.deeper(self.negation)]}
        return self.predicate()

    def predicate(self) -> Any:
        left = self.sum()
        if sign := self.take(*COMPARISONS):
            return {"op": COMPARISONS[sign], "args": [left, self.sum()]}
        if self.take("IS"):
            negated = bool(self.take("NOT"))
            self.need("NULL")
            return negate({"op": "isNull", "args": [left]}, negated)
        negated = bool(self.take("NOT"))
        for word, rule in (
            ("LIKE", self.like), ("BETWEEN", self.between), ("IN", self.in_list),
        ):  # fmt: skip
            if self.take(word):
                return negate(rule(left), negated)
        return self.fail("LIKE, BETWEEN or IN") if negated else left

    def like(self, left: Any) -> Any:
        return {"op": "like", "args": [left, self.sum()]}

    def between(self, left: Any) -> Any:
        low = self.sum()
        self.need("AND")
        return {"op": "between", "args": [left, low, self.sum()]}

    def in_list(self, left: Any) -> Any:
        self.need("(")
        return {"op": "in", "args": [left, self.arguments()]}

    def sum(self) -> Any:
        return self.chain(("+", "-"), self.product)

    def product(self) -> Any:
        return self.chain(("*", "/", "%", "DIV"), self.power)

    def power(self) -> Any:
        return self.chain(("^",), self.factor)

    def chain(self, signs: tuple[str, ...], rule: Callable[[], Any]) -> Any:
        """Left to right: `a - b - c` is `(a - b) - c`; each step is a level of the expression."""
        left, before = rule(), self.depth
        while sign := self.take(*signs):
            right = self.deeper(rule)
            self.depth += 1
            left = {"op": sign.lower(), "args": [left, right]}
        self.depth = before
        return left

    def factor(self) -> Any:
        if self.take("+"):
            return self.signed_number()
        if not self.take("-"):
            return self.atom()
        expression = self.deeper(self.factor)
        if isinstance(expression, int | float) and not isinstance(expression, bool):
            return -expression
        return {"op": "*", "args": [-1, expression]}

    def signed_number(self) -> int | float:
        """What may stand after a plus sign: a number without a sign (rule signedNumericLiteral)."""
        if self.now.kind != "number":
            self.fail("a number after +")
        return number(self.next().text)

    def atom(self) -> Any:
        token = self.now
        match token.kind:
            case "text":
                return self.next().text
            case "number":
                return number(self.next().text)
            case "geometry":
                return self.geometry()
            case "name":
                return self.named(self.next().text)
            case "keyword" if token.text in ("TRUE", "FALSE"):
                return self.next().text == "TRUE"
        self.take("(") or self.fail("a property, a value, a function or (")
        return self.deeper(self.group)

    def group(self) -> Any:
        """What stands in brackets: one expression, or an array of any other number.

        `('a')` is an expression, except to array operators: see `named`.
        """
        arguments = self.arguments()
        return arguments[0] if len(arguments) == 1 else arguments

    def arguments(self) -> list[Any]:
        """Expressions between commas up to the closing bracket; the opening one is taken."""
        if self.take(")"):
            return []
        found = [self.deeper(self.disjunction)]
        while self.need(",", ")") == ",":
            found.append(self.deeper(self.disjunction))
        return found

    def named(self, name: str) -> Any:
        if not self.take("("):
            return {"property": name}
        args = self.arguments()
        kind = name.lower()
        if kind in LITERAL_CALLS:
            return {kind: args if kind in ("interval", "bbox") else (args[0] if args else None)}
        if kind in ARRAYS:
            args = [arg if isinstance(arg, dict | list) else [arg] for arg in args]
        return {"op": SPELLING.get(kind, kind), "args": args}

    def geometry(self) -> Any:
        """Well-known text up to its closing bracket."""
        start, level = self.next().start, 0
        while True:
            token = self.next() if self.now.kind != "end" else self.fail(")")
            level += (token.text == "(") - (token.text == ")")
            if level > NESTED_SHAPES_MOST:
                self.fail(f"at most {NESTED_SHAPES_MOST} brackets in each other")
            if level == 0 and token.text == ")":
                return geometry_text(self.text[start : token.start + 1])


def negate(expression: Any, negated: bool) -> Any:
    return {"op": "not", "args": [expression]} if negated else expression


def number(text: str) -> int | float:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else float(text)
