/* ---- what is kept of the steps that are accepted ---- */

/* Whether a member has an output to write in a step that ends at `elapsed` in its segment, `at` what
 * time in the segment, and whether it is the segment's last. */
typedef struct { int due, ending; double at; } Due;

static Due due_of(const Problem *p, const Member *member, int finished, double elapsed) {
  if (member->filled >= p->slots) return (Due){0};
  if (p->in[IN_TIMES].rows) {
    double at = at_member(p->in[IN_TIMES], member->filled, p->batch, member->number) - member->start;
    return (Due){at <= elapsed, 0, at};
  }
  if (member->ended) return (Due){0};
  double period = rule_of(p, member->segment, PERIOD);
  double number = member->passed + rule_of(p, member->segment, CONTINUOUS);
  double at = number > 0 ? number * period : 0;
  double last = finished ? elapsed - SAME * least(period, 1) : elapsed;
  if (at <= last) return (Due){1, 0, at};
  return (Due){finished, finished, elapsed};
}

static void put(double *to, int64_t row, const Block *b, int l, double value) {
  to[row * b->place.batch + b->member[l].number] = value;
}

/* The derivatives of the outputs at a fraction of the step, which moves by each direction's `until`
 * less `elapsed` over the step. */
static void move_outputs(const Block *b, v t, v at, const Due *due) {
  const Problem *p = b->problem;
  const Step *s = &b->step;
  const Model *model = s->model;
  model->observe.once(&t, b->part, s->u, b->moved_look);
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    Tangent *d = b->tangents.of + n;
    v moved = v_of(0);
    for (int l = 0; l < WIDTH; l++) {
      const Member *member = b->member + l;
      if (!due[l].due) continue;
      if (p->in[IN_TIMES].rows)
        LANE(moved, l) = moved_at(p, IN_TIMES, n, member->filled, member->number) - LANE(d->start, l);
      else if (due[l].ending)
        LANE(moved, l) = LANE(d->until, l);
    }
    v ds = (moved - d->elapsed) / s->h, dt = d->start + moved;
    for (int o = 0; o < model->observed; o++) {
      int i = model->observed_row[o];
      v y0 = s->y[i], y1 = s->stages.y[i], a = s->stages.dense[0][i], c = s->stages.dense[1][i];
      v rate = y1 - y0 + (1 - 2 * at) * a + (2 - 3 * at) * at * c;
      v bend = d->stages.dense[0][i] + at * d->stages.dense[1][i];
      b->moved_part[o] =
          d->dy[i] * (1 - at) + at * (d->stages.y[i] + (1 - at) * bend) + rate * ds;
    }
    d->du[model->inputs - 1] = dt;
    model->observe.moved(&t, b->part, s->u, b->moved_part, d->du, b->moved_look);
    const v *values = b->moved_look + model->observe.moved_at + model->outputs.at;
    for (int l = 0; l < b->place.count; l++) {
      if (!due[l].due) continue;
      int64_t slot = b->member[l].filled;
      for (int o = 0; o < model->outputs.count; o++)
        put(moved_out(p, OUT_VALUES, n), slot * model->outputs.count + o, b, l, LANE(values[o], l));
      put(moved_out(p, OUT_T, n), slot, b, l, LANE(dt, l));
    }
  }
}

/* Outputs at all times that the accepted steps have passed. */
static void write_outputs(Block *b, const int *accept, const int *finished, v elapsed) {
  const Problem *p = b->problem;
  const Step *s = &b->step;
  const Model *model = s->model;
  for (;;) {
    Due due[WIDTH] = {{0}};
    int some = 0;
    v at = v_of(0), t = v_of(0);
    for (int l = 0; l < b->place.count; l++) {
      Member *member = b->member + l;
      if (accept[l]) due[l] = due_of(p, member, finished[l], LANE(elapsed, l));
      some |= due[l].due;
      if (!due[l].due) continue;
      LANE(at, l) = (due[l].at - member->elapsed) / LANE(s->h, l);
      LANE(t, l) = member->start + due[l].at;
    }
    if (!some) return;
    pick_between(s, at, b->part);
    observe(b, t, b->part);
    const v *values = b->look + model->observe.at + model->outputs.at;
    if (directions(&b->tangents)) move_outputs(b, t, at, due);
    for (int l = 0; l < b->place.count; l++) {
      Member *member = b->member + l;
      if (!due[l].due) continue;
      for (int o = 0; o < model->outputs.count; o++)
        put(p->out[OUT_VALUES].at, member->filled * model->outputs.count + o, b, l, LANE(values[o], l));
      put(p->out[OUT_T].at, member->filled, b, l, LANE(t, l));
      put(p->out[OUT_SEGMENT].at, member->filled, b, l, member->segment);
      member->filled++;
      member->passed++;
      member->ended |= due[l].ending;
    }
  }
}

static void record_states(double *to, const v *y, const Step *s, const Stages *stages, int l) {
  int states = s->model->states;
  const v *parts[] = {y, stages->y, stages->dense[0], stages->dense[1]};
  for (int part = 0; part < 4; part++)
    for (int i = 0; i < states; i++) to[part * states + i] = LANE(parts[part][i], l);
}

/* Whole steps, (4, states) each: the states at the start and the end, and the interpolant. The batch
 * comes first, and so do the directions: all of a member's steps lie together. */
static void write_steps(const Block *b, const int *accept) {
  const Problem *p = b->problem;
  const Step *s = &b->step;
  int64_t size = 4 * s->model->states;
  for (int l = 0; l < b->place.count; l++) {
    const Member *member = b->member + l;
    int64_t slot = member->accepted;
    if (!accept[l] || slot >= p->slots) continue;
    int64_t place = (member->number * p->slots + slot) * size;
    record_states(p->out[OUT_VALUES].at + place, s->y, s, &s->stages, l);
    for (int64_t n = 0; n < directions(&b->tangents); n++) {
      const Tangent *d = b->tangents.of + n;
      double *to = p->moved_out[OUT_VALUES].at + n * p->batch * p->slots * size + place;
      record_states(to, d->dy, s, &d->stages, l);
    }
    put(p->out[OUT_T].at, slot, b, l, member->start + member->elapsed);
    put(p->out[OUT_H].at, slot, b, l, LANE(s->h, l));
    put(p->out[OUT_SEGMENT].at, slot, b, l, member->segment);
  }
}
