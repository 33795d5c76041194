/* ---- step-size control ---- */

static double least(double a, double b) { return a < b ? a : b; }
static double most(double a, double b) { return a > b ? a : b; }

/* Gustafsson's prediction (Hairer & Wanner, IV.8). A step that is to be taken `again` goes up to the
 * crossing of the one that was tried, a fraction of it; it is halved where that has been of no
 * avail. `end` is the time in the segment where the step h has ended. */
static void control(Member *member, double h, double error, int fits, int again, double fraction,
                    int64_t which, double end) {
  int accept = fits && !again;
  error = most(error, 1e-8);
  double factor = SAFETY * pow(error, -1.0 / ORDER);
  if (accept && member->last_h > 0) {
    double ratio = h / member->last_h;
    double predicted = SAFETY * ratio * pow(member->last_error / (error * error), 1.0 / ORDER);
    factor = least(factor, most(predicted, MIN_FACTOR));
  }
  factor = least(most(factor, MIN_FACTOR), MAX_FACTOR);
  if (accept && member->rejected) factor = least(factor, 1);
  if (member->ahead >= 0 && fraction > 1 - PROGRESS) fraction = 0.5;
  int passed = accept && end >= member->past;
  member->h = again ? fraction * h : h * factor;
  if (accept) {
    member->last_h = h;
    member->last_error = most(error, 1e-2);
  }
  member->rejected = !fits;
  if (again || passed) {
    member->ahead = again ? which : -1;
    member->past = again ? end : INFINITY;
  }
}

/* A first step: a hundredth of the time in which dy/dt would change y by its own weight. */
static v first_step(const Block *b, const v *y, const v *velocity) {
  const Problem *p = b->problem;
  double rtol = setting(p, RTOL), atol = setting(p, ATOL);
  v sum = v_of(0);
  for (int i = 0; i < b->step.model->states; i++) {
    v share = velocity[i] / (atol + rtol * v_abs(y[i]));
    sum += share * share;
  }
  return 0.1 / v_larger(v_sqrt(sum / (double)b->step.model->states), v_of(1e-10));
}
