/* ---- landing: the exact time of an event near a step's end, and its derivatives ----
 *
 * One Newton iteration in time from a step's end, which makes the time a differentiable function of
 * the inputs by the implicit function theorem: dt/dp = -(dg/dp)/(dg/dt). */

/* Who has landed on an event, and on which; who is as near one that jumps as times can be; the time
 * in the segment. The states are in the block's `landed`. */
typedef struct { m landed, jumped, which; v elapsed; } Landing;

/* What is near a step's end: the event that was met first within it, else the one that is known to
 * lie ahead; by a straight line the time to it, beside the usual size of steps here [s]. */
typedef struct { m which, close; v usual; } Near;

static Near find_near(const Block *b, m looking) {
  const Step *s = &b->step;
  int count = event_count(b->problem, s->model);
  v t = time_of(b), soonest = v_of(-INFINITY), number = v_of(0);
  pick(s->model, s->y, b->part);
  observe(b, t, b->part);
  read_events(b, t, b->before);
  for (int e = 0; e < count; e++) {
    v change = v_abs(b->before[e] - b->after[e]);
    v since = -b->after[e] * s->h / v_choose(change > 0.0, change, v_of(1));
    b->since[e] = since = v_choose(change > 0.0, since, v_of(0));
    m first = (b->after[e] < 0.0) & (since > soonest);
    soonest = v_choose(first, since, soonest);
    number = v_choose(first, v_of(e), number);
  }
  m met = any_met(b->after, count);
  Near near = {.which = none(), .usual = s->h};
  for (int l = 0; l < WIDTH; l++) {
    const Member *member = b->member + l;
    int64_t known = member->ahead > 0 ? member->ahead : 0;
    LANE(near.which, l) = LANE(met, l) ? (int64_t)LANE(number, l) : known;
    if (member->last_h > LANE(s->h, l)) LANE(near.usual, l) = member->last_h;
  }
  near.close = looking & (v_abs(events_of(b->since, near.which)) <= NEAR * near.usual);
  return near;
}

/* dy/dt past what decays faster than h, to the second order in it.
 *
 * The equations' own dy/dt will not do: a mode of time constant tau that the step left d away from
 * where it belongs adds d / tau. A nanovolt on a double layer of 0.1 ms is 10 uV/s, as much as a flat
 * discharge has. It is gone after the shortest of three steps, between which the differences are
 * taken. */
static void find_velocity(Block *b, v t, v h, v *y, m where) {
  static const double weights[] = {-5, 8, -3};
  Step *probe = &b->probe;
  int states = probe->model->states;
  probe->y = y;
  probe->t[0] = t;
  for (int n = 0; n < 3; n++) {
    probe->h = (n + 1) * h;
    take_stages(probe);
    for (int i = 0; i < states; i++) {
      v part = weights[n] * probe->stages.y[i];
      if (n) b->velocity[i] += part;
      else b->velocity[i] = part;
    }
  }
  for (int i = 0; i < states; i++)
    b->velocity[i] = v_choose(where, b->velocity[i] / (2 * h), v_of(0));
}

/* The algebraic states at (t, y) corrected, into `to`; and each direction's states `landed`. */
static void settle(const Block *b, v t, const v *y, v *to) {
  const Step *s = &b->step;
  const Tangents *d = &b->tangents;
  int states = s->model->states;
  if (!s->model->has_algebraic) {
    copy(to, y, states);
    return;
  }
  correct_state(s, &t, y, s->sum);
  if (directions(d)) s->model->rhs.once(&t, y, s->u, d->w);
  for (int64_t n = 0; n < directions(d); n++) {
    Tangent *of = d->of + n;
    move_correction(s, d, &t, y, of->landed, of->du, d->state);
    for (int i = 0; i < states; i++) of->landed[i] += d->state[i];
  }
  for (int i = 0; i < states; i++) to[i] = y[i] + s->sum[i];
}

/* How far the event is from (t, y), whose derivatives go into each direction's `met`. */
static v look_at_event(const Block *b, v t, const v *y, m which) {
  const Model *model = b->step.model;
  const Tangents *d = &b->tangents;
  pick(model, y, b->part);
  observe(b, t, b->part);
  read_events(b, t, b->values);
  if (directions(d)) model->observe.once(&t, b->part, b->step.u, b->moved_look);
  for (int64_t n = 0; n < directions(d); n++) {
    Tangent *of = d->of + n;
    pick(model, of->landed, b->moved_part);
    model->observe.moved(&t, b->part, b->step.u, b->moved_part, of->du, b->moved_look);
    of->met = moved_event(b, which, of->start + of->elapsed, of->charge, n);
  }
  return events_of(b->values, which);
}

/* d/dt of the event that has just been looked at, where the states have the block's velocity. */
static v slope_of_event(const Block *b, v t, m which) {
  const Model *model = b->step.model;
  pick(model, b->velocity, b->moved_part);
  model->observe.once(&t, b->part, b->step.u, b->moved_look);
  model->observe.moved(&t, b->part, b->step.u, b->moved_part, b->passing, b->moved_look);
  return moved_event(b, which, v_of(1), v_of(0), -1);
}

static Landing land(Block *b, m looking, Near near) {
  const Step *s = &b->step;
  const Tangents *d = &b->tangents;
  const Model *model = s->model;
  int states = model->states, count = event_count(b->problem, model);
  v t = time_of(b) + s->h, *start = b->entered, usual = near.usual, elapsed = v_of(0), past = v_of(0);
  for (int l = 0; l < WIDTH; l++) {
    LANE(elapsed, l) = b->member[l].elapsed;
    LANE(past, l) = b->member[l].past;
  }
  v end = elapsed + s->h, delta = v_of(0);
  m landed = none();
  if (any(near.close)) {
    move_time(b);
    for (int64_t n = 0; n < directions(d); n++) copy(d->of[n].landed, d->of[n].stages.y, states);
    settle(b, t, s->stages.y, start);
    v met = look_at_event(b, t, start, near.which);
    find_velocity(b, t, v_choose(near.close, PROBE * usual, v_of(1)), start, near.close);
    v slope = slope_of_event(b, t, near.which);
    m sound = near.close & (v_abs(slope) < INFINITY) & (slope != 0.0);
    v safe = v_choose(sound, slope, v_of(1));
    delta = v_choose(sound, -met / safe, v_of(0));
    for (int i = 0; i < states; i++) s->state[i] = start[i] + b->velocity[i] * delta;
    for (int64_t n = 0; n < directions(d); n++) {
      Tangent *of = d->of + n;
      v later = v_choose(sound, -of->met / safe, v_of(0));
      for (int i = 0; i < states; i++) of->landed[i] += b->velocity[i] * later;
      of->until = of->elapsed + later;
      of->du[model->inputs - 1] = of->start + of->until;
    }
    settle(b, t + delta, s->state, b->landed);
    pick(model, b->landed, b->part);
    observe(b, t + delta, b->part);
    read_events(b, t + delta, b->values);
    v left = v_abs(events_of(b->values, near.which) / safe), size = v_abs(delta);
    landed = sound & (size <= LANDED * usual) & (left <= LEFT * size + LEAST * usual);
  }
  v room = v_choose(any_met(b->after, count), s->h, past - end);
  m jumped = looking & (room <= NARROW * t) & m_not(landed);
  return (Landing){landed, jumped, near.which, v_choose(landed, end + delta, end)};
}
