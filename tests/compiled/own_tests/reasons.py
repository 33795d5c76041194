"""Why ``CompiledSolver`` does not pass a test of PyBaMM's, by a part of the test's name."""

LOG = "reads IDAKLU's log and statistics"
OPTIONS = "reads options of IDAKLU's that `CompiledSolver` does not have"
REDUCTION = "thins out IDAKLU's steps by its `reduce_solution` and `hermite_reduction_factor`"
AHEAD = "compiles observables by IDAKLU's `compile` option"
STEPS = "counts the steps that IDAKLU takes"

REASONS = {
    "test_step_with_inputs": STEPS,
    "TestSimulation::test_step": STEPS,
    "test_model_events": "calls IDAKLU's private `_check_atol_type`; all else in it passes",
    "test_failures": "wants a model without a Jacobian refused, which `CompiledSolver` solves",
    "test_diagnostics_emitted": LOG,
    "test_debug_log": LOG,
    "test_solve_interrupted_from_debug_logger": LOG,
    "test_setup_options": LOG,
    "test_on_failure_option": "wants SUNDIALS' word for the failure (`IDA_..._FAIL`); ours is told",
    "test_solver_options": OPTIONS,
    "test_solution_user_options": OPTIONS,
    "test_with_sparse_output_variables_and_sensitivities": (
        "wants sensitivities of a flux on mesh edges refused in IDAKLU's words; "
        "they are refused in PyBaMM's"
    ),
    "test_no_progress": "stops by IDAKLU's `num_steps_no_progress`",
    "test_reduce_solution": REDUCTION,
    "test_hermite_reduction_factor": REDUCTION,
    "TestIDAKLUSolverAOTCompilation": AHEAD,
    "test_debug_logs": LOG,
}


def reason_of(name):
    """The reason, or that there is none."""
    return next((reason for part, reason in REASONS.items() if part in name), "WITHOUT A REASON")
