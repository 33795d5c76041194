"""A :class:`~ssb_model.compiled.program.Program` as C loops over rows, a vector of members wide.

Nodes of one size that only need each other row by row share one loop, so that what they pass
on stays in registers; a node that others read out of order (a matrix, a concatenation) is
stored in the workspace. Every value is a ``v``, the same number for several members.
"""

from collections import defaultdict

import numpy as np

LEAVES = {"constant", "input", "time", "state", "input_tangent", "state_tangent"}
EXPRESSIONS = {
    "neg": "-{0}",
    "abs": "v_abs({0})",
    "sign": "v_sign({0})",
    "sqrt": "v_sqrt({0})",
    "floor": "v_floor({0})",
    "ceil": "v_ceil({0})",
    "add": "{0} + {1}",
    "sub": "{0} - {1}",
    "mul": "{0} * {1}",
    "div": "{0} / {1}",
    "minimum": "v_choose(({0} <= {1}) | ({0} != {0}), {0}, {1})",  # of nan and a number: nan
    "maximum": "v_choose(({0} >= {1}) | ({0} != {0}), {0}, {1})",
    "less": "v_choose({0} < {1}, v_of(1), v_of(0))",
    "less_equal": "v_choose({0} <= {1}, v_of(1), v_of(0))",
    "equal": "v_choose({0} == {1}, v_of(1), v_of(0))",
    "select": "v_choose({0} != 0.0, {1}, {2})",
    "mod": "{0} - {1} * v_floor({0} / {1})",
}
ROOTS = {
    0.5: "v_sqrt({0})",
    0.25: "v_sqrt(v_sqrt({0}))",
    -0.5: "1 / v_sqrt({0})",
    -0.25: "1 / v_sqrt(v_sqrt({0}))",
    1.5: "{0} * v_sqrt({0})",
}
ROW_ENTRIES = 3  # rows of at most so many matrix entries are written out


class Tables:
    """Constant arrays of the C file, each written once."""

    def __init__(self):
        self._names = {}
        self.lines = []

    def __call__(self, array):
        """Name of a C array with these numbers (ints or doubles)."""
        whole = np.issubdtype(array.dtype, np.integer)
        array = np.asarray(array, dtype=np.int32 if whole else float)
        key = (whole, array.tobytes())
        if key not in self._names:
            self._names[key] = name = f"table_{len(self._names)}"
            kind = "int" if whole else "double"
            numbers = ",".join(map(str, array) if whole else map(number, array))
            self.lines.append(f"static const {kind} {name}[] = {{{numbers or 0}}};")
        return self._names[key]


def number(value):
    """A double as C text, exactly."""
    if np.isfinite(value):
        return float(value).hex()
    return "NAN" if np.isnan(value) else ("-INFINITY" if value < 0 else "INFINITY")


class Function:
    """C text that computes ``results`` of a program into a workspace.

    Parameters
    ----------
    program : Program
    results : sequence of int
    input_names : sequence of str
        Order of the inputs' rows.
    tables : Tables
    known : Function, optional
        One whose workspace already holds its nodes; this one goes on in the same workspace.
    stored : sequence of int
        Further nodes to keep in the workspace.

    Attributes
    ----------
    body : str
        Statements that read ``t``, ``y``, ``u`` (and ``dy``, ``du``) and fill ``w``.
    at : dict of int to int
        Row of the workspace where a stored node starts.
    size : int
        Rows of the workspace.
    """

    def __init__(self, program, results, input_names, tables, known=None, stored=()):
        self.program, self.tables, self.results = program, tables, tuple(results)
        self.input_rows = {name: n for n, name in enumerate(input_names)}
        self.at = dict(known.at) if known else {}
        self.size = known.size if known else 0
        done = set(self.at)
        self.own = self._unknown(done)
        self._depths(done)
        self._place({*self.results, *stored} - done)
        self.body = self._statements()

    def _node(self, n):
        return self.program.nodes[n]

    def _is_leaf(self, n):
        return self._node(n).op in LEAVES

    def _unknown(self, done):
        """Nodes that the results depend on and the workspace does not hold yet, in order."""
        seen, stack = set(done), list(self.results)
        while stack:
            n = stack.pop()
            if n not in seen:
                seen.add(n)
                stack.extend(self._node(n).args)
        return sorted(seen - done)

    def _depths(self, done):
        """A node's depth: how many loops must have ended before its own may start."""
        self.depth = {}
        for n in self.own:
            node = self._node(n)
            depths = [
                self.depth[a] + (not self._row_by_row(node, a))
                for a in node.args
                if a not in done and not self._is_leaf(a)
            ]
            self.depth[n] = max(depths, default=0)

    def _row_by_row(self, node, a):
        """Whether ``node`` needs of ``a`` only the row at hand."""
        if node.op == "concatenate":
            return True  # a concatenation follows the loops of its depth
        across = {"linear", "max", "min"}
        return (
            node.op not in across
            and self._node(a).op != "concatenate"
            and self._node(a).size == node.size
        )

    def _place(self, kept):
        """Rows in the workspace for what loops hand to each other, parts inside their whole."""
        loops = {n: (self.depth[n], self._node(n).size) for n in self.own}
        for n in self.own:
            node = self._node(n)
            for a in node.args:
                apart = loops.get(a) != loops[n] or not self._row_by_row(node, a)
                if a in loops and not self._is_leaf(a) and (apart or node.op == "concatenate"):
                    kept.add(a)
        self.copies = defaultdict(list)
        wholes = [n for n in self.own if n in kept and self._node(n).op == "concatenate"]
        for n in sorted(wholes, reverse=True):
            self._allot(n)
            start = self.at[n]
            for a in self._node(n).args:
                if a in kept and a not in self.at and a in loops and not self._is_leaf(a):
                    self.at[a] = start
                else:
                    self.copies[self.depth[n]].append((n, a, start))
                start += self._node(a).size
        for n in sorted(kept):
            self._allot(n)

    def _allot(self, n):
        if n not in self.at:
            self.at[n] = self.size
            self.size += self._node(n).size

    def _statements(self):
        loops = defaultdict(list)
        for n in self.own:
            leaf, whole = self._is_leaf(n), self._node(n).op == "concatenate"
            if not whole and (not leaf or n in self.at):
                loops[self.depth[n], self._node(n).size].append(n)
        text = []
        for depth in range(max((d for d, _ in [*loops, (0, 0)]), default=0) + 1):
            text += [self._loop(size, nodes) for (d, size), nodes in loops.items() if d == depth]
            inner_first = sorted(self.copies[depth])
            text += [self._copy(a, start) for _, a, start in inner_first]
        return "\n".join(text)

    def _loop(self, size, nodes):
        inside, lines = set(), []
        for n in nodes:
            lines.append(f"v r{n} = {self._value(n, inside)};")
            if n in self.at:
                lines.append(f"w[{self.at[n]} + i] = r{n};")
            inside.add(n)
        head = "{ const int i = 0;" if size == 1 else f"for (int i = 0; i < {size}; i++) {{"
        return "\n  ".join([head, *lines]) + "\n}"

    def _copy(self, a, start):
        size = self._node(a).size
        return f"for (int i = 0; i < {size}; i++) w[{start} + i] = {self._read(a, size)};"

    def _value(self, n, inside):
        """Expression of row i of node ``n``."""
        node = self._node(n)
        if node.op in LEAVES:
            return self._read(n, node.size)
        if node.op == "linear":
            return self._row_sum(node.data, node.args[0])
        if node.op in ("max", "min"):
            return self._extreme(node.op, node.args[0])
        args = [f"r{a}" if a in inside else self._read(a, node.size) for a in node.args]
        if node.op == "piecewise":
            return self._piecewise(node.data, args[0])
        if node.op == "pow" and self._root(node.args[1]):
            return self._root(node.args[1]).format(args[0])
        if node.op in EXPRESSIONS:
            return EXPRESSIONS[node.op].format(*args)
        return f"v_{node.op}({', '.join(args)})"

    def _root(self, exponent):
        """How a power by a constant quarter is computed from square roots, or None."""
        value = self.program.value(exponent)
        return ROOTS.get(float(value[0])) if value is not None and value.size == 1 else None

    def _extreme(self, op, a):
        better = "<" if op == "min" else ">"
        value = self._at_columns(a, np.arange(self._node(a).size), "p")
        first = self._at_columns(a, np.zeros(1, dtype=int), "0")
        return (
            f"({{ v s = {first}; for (int p = 1; p < {self._node(a).size}; p++) "
            f"{{ v x = {value}; s = v_choose((x {better} s) | (x != x), x, s); }} s; }})"
        )

    def _piecewise(self, polynomial, value):
        knots, coefficients = polynomial.knots, polynomial.coefficients
        tables = f"{self.tables(knots)}, {self.tables(coefficients.reshape(-1))}"
        shape = f"{len(knots) - 1}, {coefficients.shape[1]}, {int(polynomial.extrapolate)}"
        return f"v_piecewise({value}, {tables}, {shape})"

    def _read(self, a, size, index="i"):
        """Row ``index`` of a leaf or stored node; a node of size 1 serves every row."""
        node = self._node(a)
        i = index if node.size == size or index != "i" else "0"
        if node.size == 1:
            i = "0"
        if a in self.at and node.op not in LEAVES:
            return f"w[{self.at[a]} + {i}]"
        if node.op == "constant":
            same = (node.data == node.data[0]).all()
            return f"v_of({number(node.data[0]) if same else self.tables(node.data) + f'[{i}]'})"
        if node.op == "time":
            return "t[0]"
        if node.op in ("input", "input_tangent"):
            return f"{'u' if node.op == 'input' else 'du'}[{self.input_rows[node.data]}]"
        vector = "y" if node.op == "state" else "dy"
        return f"{vector}[{self._place_of(node.data, i)}]"

    def _place_of(self, indices, i):
        """C expression of ``indices[i]``: a formula where they run evenly, else a table."""
        if len(indices) == 1 or i == "0":
            return str(int(indices[0]))
        steps = np.diff(indices)
        if (steps == steps[0]).all():
            return f"{int(indices[0])} + {int(steps[0])} * ({i})"
        return f"{self.tables(np.asarray(indices, dtype=int))}[{i}]"

    def _row_sum(self, matrix, a):
        """Row i of a constant sparse matrix times node ``a``."""
        counts = np.diff(matrix.indptr)
        starts, most = matrix.indptr[:-1], int(counts.max(initial=0))
        if most == 0:
            return "v_of(0)"
        if most <= ROW_ENTRIES:
            last = np.maximum(starts + counts - 1, 0)
            return " + ".join(
                self._entry(matrix, a, np.minimum(starts + k, last), k < counts)
                for k in range(most)
            )
        begin = self.tables(np.asarray(matrix.indptr, dtype=int))
        column = self._at_columns(a, np.asarray(matrix.indices, dtype=int), "p")
        factor = self.tables(matrix.data)
        return (
            f"({{ v s = v_of(0); for (int p = {begin}[i]; p < {begin}[i + 1]; p++) "
            f"s += {factor}[p] * {column}; s; }})"
        )

    def _entry(self, matrix, a, entries, present):
        """One entry of every row; a row without one gets another again, times zero."""
        factors = np.where(present, matrix.data[entries], 0.0)
        value = self._at_columns(a, np.asarray(matrix.indices[entries], dtype=int), "i")
        if (factors == 1).all():
            return value
        if (factors == factors[0]).all():
            return f"{number(factors[0])} * {value}"
        return f"{self.tables(factors)}[i] * {value}"

    def _at_columns(self, a, columns, i):
        """Node ``a`` at row ``columns[i]``, through a leaf's own indices where it is one."""
        node = self._node(a)
        if node.op in ("state", "state_tangent"):
            vector = "y" if node.op == "state" else "dy"
            return f"{vector}[{self._place_of(np.asarray(node.data)[columns], i)}]"
        if node.op == "constant":
            return f"v_of({self.tables(node.data[columns])}[{i}])"
        if node.size == 1:
            return self._read(a, 1)
        return f"w[{self.at[a]} + {self._place_of(columns, i)}]"
