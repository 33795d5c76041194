/* ---- a block of members from their initial states to their ends ----
 *
 * Each member has its own step size, segment and outcome. It is either entering a segment (its
 * algebraic states are solved for, a first step is chosen) or stepping. A step that passes an event is
 * taken again, shorter, until one lands on the event. The method is that of integrate.py. */

static void begin(Block *b) {
  const Problem *p = b->problem;
  const Model *model = b->step.model;
  Tangents *d = &b->tangents;
  for (int l = 0; l < WIDTH; l++) {
    int last = b->place.count - 1;
    b->member[l] = (Member){.number = b->place.first + (l < last ? l : last),
                            .outcome = l <= last ? RUNNING : FINAL_TIME, .ended_by = -1, .ahead = -1,
                            .entering = 1, .start = start_of(p, 0, 0), .h = 1, .last_h = 1,
                            .last_error = 1, .past = INFINITY};
  }
  b->charge = v_of(0);
  for (int r = 0; r < model->inputs; r++) b->passing[r] = b->step.u[r] = v_of(0);
  b->passing[model->inputs - 1] = v_of(1);
  for (int64_t n = 0; n < directions(d); n++) {
    Tangent *of = d->of + n;
    of->start = of->elapsed = of->charge = of->until = of->met = v_of(0);
    of->du[model->inputs - 1] = v_of(0);
  }
  for (int l = 0; l < WIDTH; l++) follow(b, l);
  for (int l = 0; l < WIDTH && directions(d); l++) move_inputs(b, l);
}

/* The states to begin with: those that are given, or the model's own. */
static void begin_states(Block *b, v *w, v *moved) {
  const Problem *p = b->problem;
  const Step *s = &b->step;
  const Model *model = s->model;
  Array given = p->in[IN_Y];
  v t = v_of(0);
  if (given.rows) {
    load(s->y, given.at, model->states, b->place);
    for (int64_t n = 0; n < directions(&b->tangents); n++)
      for (int i = 0; i < model->states; i++)
        for (int l = 0; l < WIDTH; l++)
          LANE(b->tangents.of[n].dy[i], l) = moved_at(p, IN_Y, n, i, b->member[l].number);
    return;
  }
  for (int i = 0; i < model->states; i++) b->entered[i] = v_of(0);
  model->initial.value(&t, b->entered, s->u, w);
  copy(s->y, w + model->initial.at, model->states);
  if (directions(&b->tangents)) model->initial.once(&t, b->entered, s->u, moved);
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    Tangent *d = b->tangents.of + n;
    model->initial.moved(&t, b->entered, s->u, b->entered, d->du, moved);
    copy(d->dy, moved + model->initial.moved_at, model->states);
  }
}

/* Consistent states of the members that enter, tried in the block's `entered`; their derivatives in
 * each direction's `landed`. */
static v enter_states(Block *b, m now, v t) {
  const Step *s = &b->step;
  const Model *model = s->model;
  const Tangents *d = &b->tangents;
  int states = model->states;
  copy(b->entered, s->y, states);
  if (model->held >= 0) b->entered[model->held] = s->y[model->current];
  v outcome = make_consistent(s, &t, b->entered, b->velocity, now);
  if (!directions(d)) return outcome;
  move_time(b);
  for (int i = 0; i < states; i++) s->state[i] = b->entered[i] - s->stages.y[i]; /* before the last */
  if (model->has_algebraic) model->rhs.once(&t, s->state, s->u, d->w);
  for (int64_t n = 0; n < directions(d); n++) {
    Tangent *of = d->of + n;
    copy(of->landed, of->dy, states);
    if (model->held >= 0) of->landed[model->held] = of->dy[model->current];
    if (!model->has_algebraic) continue;
    move_correction(s, d, &t, s->state, of->landed, of->du, d->state);
    for (int i = 0; i < states; i++) of->landed[i] += d->state[i];
  }
  return outcome;
}

/* The charge at which segments begin, and all events there. */
static void enter_events(Block *b, m now, v t) {
  const Model *model = b->step.model;
  const Tangents *d = &b->tangents;
  pick(model, b->entered, b->part);
  observe(b, t, b->part);
  if (controlled(model)) {
    int charge = model->terminals.at + 2;
    b->charge = v_choose(now, b->look[model->observe.at + charge], b->charge);
    if (directions(d)) model->observe.once(&t, b->part, b->step.u, b->moved_look);
    for (int64_t n = 0; n < directions(d); n++) {
      Tangent *of = d->of + n;
      pick(model, of->landed, b->moved_part);
      model->observe.moved(&t, b->part, b->step.u, b->moved_part, of->du, b->moved_look);
      of->charge = v_choose(now, b->moved_look[model->observe.moved_at + charge], of->charge);
    }
  }
  read_events(b, t, b->values);
}

/* Whether any event from `from` up to `to` is met. */
static int is_met(const Block *b, int from, int to, int l) {
  for (int e = from; e < to; e++)
    if (LANE(b->values[e], l) < 0) return 1;
  return 0;
}

/* A member's first step, or its next segment where this one is over already; whether it has entered. */
static int enter_member(Block *b, int l, int64_t outcome, double t, double h) {
  const Problem *p = b->problem;
  const Model *model = b->step.model;
  Member *member = b->member + l;
  int own = model->events.count, count = event_count(p, model), skipped = 0;
  if (outcome == RUNNING && is_met(b, 0, own, l)) outcome = EVENT_AT_START;
  if (outcome == RUNNING && controlled(model))
    skipped = is_met(b, own, count, l) || is_over(LANE(b->limits[LIMIT_TIME], l), t);
  int consistent = outcome == RUNNING || outcome == EVENT_AT_START;
  double longest = duration_of(p, member->segment, member->number);
  if (!rule_of(p, member->segment, CONTINUOUS)) member->h = h < longest ? h : longest;
  member->last_h = 0;
  member->rejected = 0;
  member->ahead = -1;
  member->past = INFINITY;
  member->tries = 0;
  member->entering = skipped;
  if (skipped) {
    int64_t after = following(p, member, 1);
    if (after >= segments_of(p, member)) outcome = FINAL_TIME;
    else member->segment = after;
  }
  member->outcome = outcome;
  return consistent && !skipped;
}

/* Consistent states and a first step for the members that enter a segment. A segment one of whose
 * limits is met already is passed over. */
static void enter(Block *b) {
  const Step *s = &b->step;
  m now = members(b, is_entering), entered = none();
  for (int l = 0; l < WIDTH; l++)
    if (LANE(now, l)) {
      follow(b, l);
      if (directions(&b->tangents)) move_inputs(b, l);
    }
  v t = time_of(b), outcome = enter_states(b, now, t);
  enter_events(b, now, t);
  v h = first_step(b, b->entered, b->velocity);
  for (int l = 0; l < WIDTH; l++)
    if (LANE(now, l) && enter_member(b, l, (int64_t)LANE(outcome, l), LANE(t, l), LANE(h, l)))
      LANE(entered, l) = -1;
  for (int i = 0; i < s->model->states; i++) s->y[i] = v_choose(entered, b->entered[i], s->y[i]);
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    Tangent *d = b->tangents.of + n;
    for (int i = 0; i < s->model->states; i++) d->dy[i] = v_choose(entered, d->landed[i], d->dy[i]);
  }
}

/* The members' next steps, none beyond the end of a segment or the time at which an event is past. */
static void choose_steps(Block *b) {
  v h = v_of(1);
  for (int l = 0; l < WIDTH; l++) {
    const Member *member = b->member + l;
    if (!is_stepping(member)) continue;
    double left = duration_of(b->problem, member->segment, member->number) - member->elapsed;
    LANE(h, l) = least(member->h, least(left, member->past - member->elapsed));
  }
  b->step.h = h;
  b->step.t[0] = time_of(b);
}

/* Where a member goes on after a step that has ended at `elapsed` in its segment. */
static void leave_segment(Block *b, int l, int by_event, int limited) {
  const Problem *p = b->problem;
  Member *member = b->member + l;
  if (by_event) {
    member->outcome = EVENT;
    return;
  }
  int64_t next = following(p, member, limited);
  if (next >= segments_of(p, member)) {
    member->outcome = FINAL_TIME;
    return;
  }
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    Tangent *d = b->tangents.of + n;
    if (setting(p, HAS_BEGINS)) LANE(d->start, l) = 0;
    else LANE(d->start, l) += LANE(d->elapsed, l);
    LANE(d->elapsed, l) = 0;
  }
  member->start = start_of(p, next, member->start + member->elapsed);
  member->elapsed = 0;
  member->segment = next;
  member->entering = 1;
  member->passed = 0;
  member->ended = 0;
}

static void swap(v **a, v **b) {
  v *first = *a;
  *a = *b;
  *b = first;
}

/* The states of the members that accept their step: its end, or the event that they have landed on;
 * nobody knows what moves an event that jumps. */
static void move_on(Block *b, m accept, Landing landing) {
  Step *s = &b->step;
  if (SWAPS && !any(m_not(accept)) && !any(landing.landed | landing.jumped)) {
    swap(&s->y, &s->stages.y);
    for (int64_t n = 0; n < directions(&b->tangents); n++) {
      swap(&b->tangents.of[n].dy, &b->tangents.of[n].stages.y);
      b->tangents.of[n].elapsed = b->tangents.of[n].until;
    }
    return;
  }
  for (int i = 0; i < s->model->states; i++) {
    v end = v_choose(landing.landed, b->landed[i], s->stages.y[i]);
    s->y[i] = v_choose(accept, end, s->y[i]);
  }
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    Tangent *d = b->tangents.of + n;
    for (int i = 0; i < s->model->states; i++) {
      v end = v_choose(landing.landed, d->landed[i], d->stages.y[i]);
      end = v_choose(landing.jumped, v_of(NAN), end);
      d->dy[i] = v_choose(accept, end, d->dy[i]);
    }
    d->elapsed = v_choose(accept, d->until, d->elapsed);
  }
}

/* Whether a step has passed an event, and where it is to go if it has to be taken again. */
typedef struct { m again, which; v fraction; Landing landing; } Met;

/* Look for events in the step that has been taken, and take its derivatives where they are needed. */
static Met meet(Block *b, m fits) {
  const Step *s = &b->step;
  int count = event_count(b->problem, s->model);
  v t = time_of(b), elapsed = v_of(0);
  m ahead = none();
  for (int l = 0; l < WIDTH; l++) {
    LANE(ahead, l) = b->member[l].ahead >= 0 ? -1 : 0;
    LANE(elapsed, l) = b->member[l].elapsed;
  }
  pick(s->model, s->stages.y, b->part);
  observe(b, t + s->h, b->part);
  read_events(b, t + s->h, b->after);
  m crossed = fits & any_met(b->after, count), looking = crossed | (fits & ahead), over = crossed;
  Near near = {.which = none(), .close = none(), .usual = s->h};
  if (any(looking)) {
    near = find_near(b, looking);
    over = crossed & m_not(near.close);
  }
  if (directions(&b->tangents) && any(fits & m_not(over))) {
    move_time(b);
    move_step(s, &b->tangents);
  }
  for (int64_t n = 0; n < directions(&b->tangents); n++) b->tangents.of[n].until = b->tangents.of[n].elapsed;
  Met met = {none(), none(), v_of(1), {none(), none(), none(), elapsed + s->h}};
  if (any(looking)) met.landing = land(b, looking, near);
  met.again = crossed & m_not(met.landing.landed | met.landing.jumped);
  if (any(met.again)) met.fraction = first_crossing(b, &met.which);
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    Tangent *d = b->tangents.of + n;
    d->until = v_choose(met.landing.landed, d->until, d->elapsed);
    d->until = v_choose(met.landing.jumped, v_of(NAN), d->until);
  }
  return met;
}

/* Try one step for every member that is within a segment. */
static void advance(Block *b) {
  const Problem *p = b->problem;
  const Step *s = &b->step;
  choose_steps(b);
  v error = take_step(s, setting(p, RTOL), setting(p, ATOL));
  m fits = members(b, is_stepping) & (error <= 1.0);
  Met met = meet(b, fits);
  Landing landing = met.landing;
  int accept[WIDTH], finished[WIDTH];
  m accepted = none();
  for (int l = 0; l < WIDTH; l++) {
    const Member *member = b->member + l;
    int ends = LANE(landing.landed, l) || LANE(landing.jumped, l);
    accept[l] = LANE(fits, l) && !LANE(met.again, l);
    LANE(accepted, l) = accept[l] ? -1 : 0;
    double whole = duration_of(p, member->segment, member->number);
    int lasted = !ends && accept[l] && LANE(s->h, l) >= whole - member->elapsed;
    finished[l] = ends || lasted;
    if (lasted) LANE(landing.elapsed, l) = whole; /* not a rounding less, where an output would be missed */
  }
  if (records(p)) write_steps(b, accept);
  else write_outputs(b, accept, finished, landing.elapsed);
  move_on(b, accepted, landing);
  for (int l = 0; l < WIDTH; l++) {
    Member *member = b->member + l;
    if (!is_stepping(member)) continue;
    double h = LANE(s->h, l), elapsed = member->elapsed;
    int ends = LANE(landing.landed, l) || LANE(landing.jumped, l);
    int by_event = ends && LANE(landing.which, l) < s->model->events.count;
    control(member, h, LANE(error, l), LANE(fits, l) != 0, LANE(met.again, l) != 0, LANE(met.fraction, l),
            LANE(met.which, l), elapsed + h);
    member->tries++;
    member->tried++;
    member->accepted += accept[l];
    if (accept[l]) member->elapsed = LANE(landing.elapsed, l);
    if (finished[l]) {
      member->ended_by = ends ? LANE(landing.which, l) : -1;
      leave_segment(b, l, by_event, ends);
    }
    if (!LANE(fits, l) && member->h < SMALLEST * most(1e-3, elapsed)) member->outcome = STEP_TOO_SMALL;
    if (member->outcome == RUNNING && member->tries >= setting(p, MAX_STEPS)) member->outcome = TOO_MANY_STEPS;
  }
}

/* Results that have nothing to show yet; what is recorded of steps that nobody takes is never read. */
static void clear(const Block *b) {
  const Problem *p = b->problem;
  if (records(p)) return;
  const Array *values = p->out + OUT_VALUES;
  for (int l = 0; l < b->place.count; l++) {
    for (int64_t slot = 0; slot < p->slots; slot++) {
      put(p->out[OUT_T].at, slot, b, l, NAN);
      put(p->out[OUT_SEGMENT].at, slot, b, l, -1);
    }
  }
  for (int64_t n = -1; n < directions(&b->tangents); n++) {
    double *to = n < 0 ? values->at : moved_out(p, OUT_VALUES, n);
    for (int64_t r = 0; r < values->rows; r++)
      memset(to + r * p->batch + b->place.first, 0, sizeof(double) * b->place.count);
    if (n < 0) continue;
    for (int64_t slot = 0; slot < p->slots; slot++)
      memset(moved_out(p, OUT_T, n) + slot * p->batch + b->place.first, 0, sizeof(double) * b->place.count);
  }
}

/* Where and how members have ended, and the outputs there. */
static void end(const Block *b) {
  const Problem *p = b->problem;
  const Step *s = &b->step;
  const Model *model = s->model;
  v t = time_of(b);
  store(p->out[OUT_Y].at, s->y, model->states, b->place);
  for (int l = 0; l < b->place.count; l++) {
    const Member *member = b->member + l;
    int64_t whole[] = {member->segment, member->outcome, member->ended_by, member->accepted,
                       member->tried, member->filled};
    double *ends = p->out[OUT_ENDS].at;
    put(ends, END_START, b, l, member->start);
    put(ends, END_ELAPSED, b, l, member->elapsed);
    for (int r = END_SEGMENT; r < ENDS; r++) put(ends, r, b, l, (double)whole[r - END_SEGMENT]);
  }
  pick(model, s->y, b->part);
  if (!records(p)) {
    observe(b, t, b->part);
    const v *values = b->look + model->observe.at + model->outputs.at;
    store(p->out[OUT_FINAL].at, values, model->outputs.count, b->place);
  }
  move_time(b);
  if (directions(&b->tangents) && !records(p)) model->observe.once(&t, b->part, s->u, b->moved_look);
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    const Tangent *d = b->tangents.of + n;
    store(moved_out(p, OUT_Y, n), d->dy, model->states, b->place);
    v ends[ENDS] = {d->start, d->elapsed};
    for (int r = 2; r < ENDS; r++) ends[r] = v_of(0);
    store(moved_out(p, OUT_ENDS, n), ends, ENDS, b->place);
    if (records(p)) continue;
    pick(model, d->dy, b->moved_part);
    model->observe.moved(&t, b->part, s->u, b->moved_part, d->du, b->moved_look);
    const v *values = b->moved_look + model->observe.moved_at + model->outputs.at;
    store(moved_out(p, OUT_FINAL, n), values, model->outputs.count, b->place);
  }
}

static void solve_block(Block *b, v *w, v *moved) {
  begin(b);
  clear(b);
  begin_states(b, w, moved);
  while (count_members(b, is_active)) {
    if (count_members(b, is_entering)) enter(b);
    if (count_members(b, is_stepping)) advance(b);
  }
  end(b);
}
