/* ---- the algebraic states: Newton corrections and their damped search ---- */

static void keep(const Model *model, int algebraic, v *x) {
  for (int i = 0; i < model->states; i++)
    if (model->algebraic[i] != algebraic) x[i] = v_of(0);
}

static m all_finite(const v *x, int count) {
  m good = all();
  for (int i = 0; i < count; i++) good &= v_abs(x[i]) < INFINITY;
  return good;
}

/* M/delta - J with a tiny delta holds the differential states where they are. */
static void hold(const Step *s, const v *t, const v *y) {
  s->model->jacobian.value(t, y, s->u, s->wj);
  factorise(s->model, s->wj + s->model->jacobian.at, v_of(SHIFT), s->lu, s->work);
}

/* Solve for the algebraic states' part of `b`, by the factors that are there. */
static void correct_algebraic(const Step *s, v *b, v *x) {
  keep(s->model, 1, b);
  solve(s->model, s->lu, b, x, s->work);
  keep(s->model, 1, x);
}

/* Correction of the algebraic states at (t, y); what it leaves serves `move_correction`. */
static void correct_state(const Step *s, const v *t, const v *y, v *x) {
  hold(s, t, y);
  copy(s->b, s->wj + s->model->jacobian_rhs_at, s->model->states);
  correct_algebraic(s, s->b, x);
}

/* Derivative of a correction where f's algebraic part is zero; `rhs.once` has been called there. */
static void move_correction(const Step *s, const Tangents *d, const v *t, const v *y, const v *dy,
                            const v *du, v *x) {
  s->model->rhs.moved(t, y, s->u, dy, du, d->w);
  copy(s->b, d->w + s->model->rhs.moved_at, s->model->states);
  correct_algebraic(s, s->b, x);
}

/* A correction and dy/dt of the differential states; RUNNING where the equations and their solution
 * are finite, else NOT_FINITE or SINGULAR. */
static v correct_with_velocity(const Step *s, const v *t, const v *y, v *x, v *velocity) {
  const Model *model = s->model;
  hold(s, t, y);
  copy(s->b, s->wj + model->jacobian_rhs_at, model->states);
  solve(model, s->lu, s->b, velocity, s->work);
  for (int i = 0; i < model->states; i++) velocity[i] *= SHIFT;
  m defined = all_finite(s->b, model->states);
  defined &= all_finite(s->wj + model->jacobian.at, model->values);
  m solved = all_finite(velocity, model->states);
  keep(model, 0, velocity);
  correct_algebraic(s, s->b, x);
  return v_choose(defined, v_choose(solved, v_of(RUNNING), v_of(SINGULAR)), v_of(NOT_FINITE));
}

/* Largest correction in units of the state or one; infinite where it is not finite. */
static v correction_size(const Model *model, const v *x, const v *y) {
  v largest = v_of(0);
  for (int i = 0; i < model->states; i++) largest = v_larger(v_abs(x[i]) / (1 + v_abs(y[i])), largest);
  return v_choose(all_finite(x, model->states), largest, v_of(INFINITY));
}

/* Correction at y by the factors that are there, and its size beside `scale`. */
static v simplified(const Step *s, const v *t, const v *y, const v *scale, v *x) {
  s->model->rhs.value(t, y, s->u, s->w);
  copy(s->b, s->w + s->model->rhs.at, s->model->states);
  correct_algebraic(s, s->b, x);
  return correction_size(s->model, x, scale);
}

/* Newton's method for y, damped: a trial is taken where its simplified correction, by the factors of
 * the point before, is smaller. Members that are done or refused a trial wait where they are. */
static void search(const Step *s, const v *t, v *y, m far) {
  const Model *model = s->model;
  v *correction = s->stages.y, *left = s->sum, damping = v_of(1), size = v_of(INFINITY);
  int moved = 1;
  for (int tries = 0; tries < TRIES && any(far); tries++) {
    if (moved) {
      hold(s, t, y);
      size = simplified(s, t, y, y, correction);
    }
    far &= (size > CLOSE) & (size < INFINITY) & (damping > SHORTEST);
    for (int i = 0; i < model->states; i++) s->state[i] = y[i] + damping * correction[i];
    v then = simplified(s, t, s->state, y, left);
    m nearer = then <= (1 - damping / 4) * size;
    m taken = far & nearer;
    for (int i = 0; i < model->states; i++) y[i] = v_choose(taken, s->state[i], y[i]);
    damping = v_choose(nearer, v_choose(damping < 0.5, 2 * damping, v_of(1)), damping / 2);
    moved = any(taken);
  }
}

/* Consistent states from y, in place, with dy/dt; for the lanes of `now` an outcome. */
static v make_consistent(const Step *s, const v *t, v *y, v *velocity, m now) {
  const Model *model = s->model;
  v *x = s->stages.y;
  if (model->has_algebraic) search(s, t, y, now);
  v outcome = correct_with_velocity(s, t, y, x, velocity);
  v size = correction_size(model, x, y);
  for (int i = 0; i < model->states; i++) y[i] += x[i];
  m missed = (outcome == (double)RUNNING) & m_not(size <= 10 * CLOSE);
  return v_choose(missed, v_of(NO_CONSISTENT_STATE), outcome);
}
