/* ---- events: what may end a segment or a solve, negative once it is met ---- */

static void pick(const Model *model, const v *y, v *part) {
  for (int o = 0; o < model->observed; o++) part[o] = y[model->observed_row[o]];
}

/* The observed states at a fraction of the step. */
static void pick_between(const Step *s, v at, v *part) {
  for (int o = 0; o < s->model->observed; o++) {
    int i = s->model->observed_row[o];
    v rise = s->stages.dense[0][i] + at * s->stages.dense[1][i];
    part[o] = s->y[i] * (1 - at) + at * (s->stages.y[i] + (1 - at) * rise);
  }
}

static void observe(const Block *b, v t, const v *part) {
  b->step.model->observe.value(&t, part, b->step.u, b->look);
}

/* All events, of what has been observed at t. */
static void read_events(const Block *b, v t, v *values) {
  const Model *model = b->step.model;
  const v *seen = b->look + model->observe.at, *limit = b->limits;
  const double *margins = b->problem->in[IN_MARGINS].at;
  int own = model->events.count;
  for (int e = 0; e < own; e++) values[e] = seen[model->events.at + e] + margins[e];
  if (!controlled(model)) return;
  const v *terminals = seen + model->terminals.at;
  v voltage = terminals[0], current = terminals[1], capacity = terminals[2];
  values += own;
  values[0] = voltage - limit[0];
  values[1] = limit[1] - voltage;
  values[2] = current - limit[2];
  values[3] = limit[3] - current;
  values[4] = v_abs(current) - limit[4];
  values[5] = limit[5] - v_abs(capacity - b->charge);
  values[LIMIT_TIME] = limit[LIMIT_TIME] - t;
  if (!watches(b->problem, model)) return;
  for (int i = 0; i < model->watched.count; i++)
    values[LIMIT_COUNT + i] = v_choose(b->counts[i] != 0.0, seen[model->watched.at + i], v_of(INFINITY));
}

static double sign_of(double x) { return (x > 0) - (x < 0); }

/* The derivative of each member's event `which`, of what `observe` and `observe.moved` have left, where
 * time moves by dt and the charge at the segment's start by dcharge; limits by direction, none for -1. */
static v moved_event(const Block *b, m which, v dt, v dcharge, int64_t direction) {
  const Model *model = b->step.model;
  const v *seen = b->look + model->observe.at, *moved = b->moved_look + model->observe.moved_at;
  int own = model->events.count;
  v result = v_of(0);
  for (int l = 0; l < WIDTH; l++) {
    int64_t e = LANE(which, l), limit = e - own;
    if (e < own) {
      LANE(result, l) = LANE(moved[model->events.at + e], l);
      continue;
    }
    if (limit >= LIMIT_COUNT) {
      LANE(result, l) = LANE(moved[model->watched.at + limit - LIMIT_COUNT], l);
      continue;
    }
    const Member *member = b->member + l;
    const v *terminals = seen + model->terminals.at, *changes = moved + model->terminals.at;
    double voltage = LANE(changes[0], l), current = LANE(changes[1], l);
    double charge = LANE(changes[2], l) - LANE(dcharge, l);
    double passed = LANE(terminals[2], l) - LANE(b->charge, l), value = 0;
    double signs[LIMIT_COUNT] = {-1, 1, -1, 1, -1, 1, 1};
    if (limit <= 1) value = limit ? -voltage : voltage;
    if (limit == 2 || limit == 3) value = limit == 3 ? -current : current;
    if (limit == 4) value = sign_of(LANE(terminals[1], l)) * current;
    if (limit == 5) value = -sign_of(passed) * charge;
    if (limit == LIMIT_TIME) value = -LANE(dt, l);
    if (direction >= 0)
      value += signs[limit] * moved_at(b->problem, IN_LIMITS, direction,
                                       member->segment * LIMIT_COUNT + limit, member->number);
    LANE(result, l) = value;
  }
  return result;
}

static m any_met(const v *values, int count) {
  m met = none();
  for (int e = 0; e < count; e++) met |= values[e] < 0.0;
  return met;
}

static v events_of(const v *values, m which) {
  v one = v_of(0);
  for (int l = 0; l < WIDTH; l++) LANE(one, l) = LANE(values[LANE(which, l)], l);
  return one;
}

/* The first zero of the straight lines through the ends of the events that cross, between fractions
 * `low`, at which no event is negative, and `high`, at which one is. */
static v secant(const Block *b, int count, v low, v high, m *which) {
  v first = v_of(INFINITY), number = v_of(0);
  for (int e = 0; e < count; e++) {
    v share = b->at_low[e] / (b->at_low[e] - b->at_high[e]);
    m sooner = (b->at_high[e] < 0.0) & (share < first);
    first = v_choose(sooner, share, first);
    number = v_choose(sooner, v_of(e), number);
  }
  for (int l = 0; l < WIDTH; l++) LANE(*which, l) = (int64_t)LANE(number, l);
  v within = v_choose(first < 0.0, v_of(0), v_choose(first > 1.0, v_of(1), first));
  return v_choose(first < INFINITY, low + (high - low) * within, (low + high) / 2);
}

/* Where in the step the first event becomes negative, as a fraction, and which event it is: by the
 * secant and by halving in turn, and so sure as well as fast. */
static v first_crossing(const Block *b, m *which) {
  int count = event_count(b->problem, b->step.model);
  v low = v_of(0), high = v_of(1), t = time_of(b);
  copy(b->at_low, b->before, count);
  copy(b->at_high, b->after, count);
  for (int n = 0; n < ITERATIONS; n++) {
    v s = (low + high) / 2;
    if (n % 2 == 0) s = secant(b, count, low, high, which);
    pick_between(&b->step, s, b->part);
    observe(b, t + s * b->step.h, b->part);
    read_events(b, t + s * b->step.h, b->values);
    m over = any_met(b->values, count);
    low = v_choose(over, low, s);
    high = v_choose(over, s, high);
    for (int e = 0; e < count; e++) {
      b->at_low[e] = v_choose(over, b->at_low[e], b->values[e]);
      b->at_high[e] = v_choose(over, b->values[e], b->at_high[e]);
    }
  }
  v found = secant(b, count, low, high, which);
  return v_larger(found, v_of(LEAST));
}
