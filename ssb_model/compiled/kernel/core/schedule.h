/* ---- what controls a member in its segment ---- */

/* Inputs, limits and counted limits of a member's segment. */
static void follow(Block *b, int l) {
  const Problem *p = b->problem;
  const Model *model = b->step.model;
  const Member *member = b->member + l;
  const double *places = p->in[IN_PLACES].at;
  int64_t segment = member->segment, changing = p->in[IN_CHANGING].dims[1];
  int64_t shares = p->in[IN_SHARES].dims[1];
  v *u = b->step.u;
  for (int r = 0; r < model->inputs - 1; r++)
    LANE(u[r], l) = at_member(p->in[IN_INPUTS], r, p->batch, member->number);
  if (!controlled(model)) return;
  for (int64_t c = 0; c < changing; c++)
    LANE(u[(int)places[c]], l) = at_member(p->in[IN_CHANGING], segment * changing + c, p->batch, member->number);
  for (int64_t c = 0; c < shares; c++)
    LANE(u[(int)places[changing + c]], l) = p->in[IN_SHARES].at[segment * shares + c];
  LANE(u[(int)places[changing + shares]], l) = member->start;
  for (int i = 0; i < LIMIT_COUNT; i++)
    LANE(b->limits[i], l) = at_member(p->in[IN_LIMITS], segment * LIMIT_COUNT + i, p->batch, member->number);
  if (!watches(p, model)) return;
  for (int i = 0; i < model->watched.count; i++)
    LANE(b->counts[i], l) = rule_of(p, segment, RULES + i);
}

/* The derivatives of its inputs. */
static void move_inputs(Block *b, int l) {
  const Problem *p = b->problem;
  const Model *model = b->step.model;
  const Member *member = b->member + l;
  const double *places = p->in[IN_PLACES].at;
  int64_t changing = p->in[IN_CHANGING].dims[1], shares = p->in[IN_SHARES].dims[1];
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    Tangent *d = b->tangents.of + n;
    for (int r = 0; r < model->inputs - 1; r++)
      LANE(d->du[r], l) = moved_at(p, IN_INPUTS, n, r, member->number);
    if (!controlled(model)) continue;
    for (int64_t c = 0; c < changing; c++)
      LANE(d->du[(int)places[c]], l) =
          moved_at(p, IN_CHANGING, n, member->segment * changing + c, member->number);
    for (int64_t c = 0; c < shares; c++) LANE(d->du[(int)places[changing + c]], l) = 0;
    LANE(d->du[(int)places[changing + shares]], l) = LANE(d->start, l);
  }
}

/* How the time of the states that are being looked at moves: the last row of the inputs. */
static void move_time(const Block *b) {
  for (int64_t n = 0; n < directions(&b->tangents); n++) {
    Tangent *d = b->tangents.of + n;
    d->du[b->step.model->inputs - 1] = d->start + d->elapsed;
  }
}

static double start_of(const Problem *p, int64_t segment, double ended) {
  return setting(p, HAS_BEGINS) ? rule_of(p, segment, BEGINS) : ended;
}

static int64_t segments_of(const Problem *p, const Member *member) {
  return (int64_t)p->in[IN_COUNTED].at[member->number];
}

/* What follows a member's segment, which a limit or else its duration has ended. */
static int64_t following(const Problem *p, const Member *member, int limited) {
  if (limited) return (int64_t)rule_of(p, member->segment, AFTER);
  return rule_of(p, member->segment, STOPS) ? segments_of(p, member) : member->segment + 1;
}

/* Whether the time at which a segment ends at the latest has come. */
static int is_over(double until, double t) {
  double size = fabs(t) > 1 ? fabs(t) : 1;
  return until - t <= OVER * size;
}
