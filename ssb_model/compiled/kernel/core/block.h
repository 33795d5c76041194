/* ---- the members of a block between their steps ---- */

/* One member. Times are in seconds.
 * segment, start, elapsed : which segment, when it began, and the time since then
 * ended_by : the event or limit that ended the last segment, -1 if its duration did
 * tries : steps tried in this segment; accepted, tried : steps of the whole solve
 * h, last_h, last_error, rejected : the next step, and the last accepted one's size and error
 * ahead, past : the event known to lie ahead, or -1, and a time in the segment at which it is past
 * filled, passed, ended : outputs written; those of this segment; whether its last one is among them */
typedef struct {
  int64_t number, segment, outcome, ended_by, tries, accepted, tried, ahead, filled, passed;
  int entering, rejected, ended;
  double start, elapsed, h, last_h, last_error, past;
} Member;

/* WIDTH members with one workspace.
 * step, probe : the step being tried, and further ones by which an event's slope is found
 * entered, velocity, landed : states
 * part, moved_part : observed states; look, moved_look : the observer's workspaces
 * limits, counts, charge : of each member's segment; its charge where it began
 * before, after, since, values, at_low, at_high : a row for each event
 * passing : a direction of the inputs, in which only time moves */
typedef struct {
  const Problem *problem;
  Place place;
  Step step, probe;
  Tangents tangents;
  Member member[WIDTH];
  v *entered, *velocity, *landed, *part, *moved_part, *look, *moved_look;
  v *limits, *counts, charge, *before, *after, *since, *values, *at_low, *at_high, *passing;
} Block;

BOTH int controlled(const Model *model) { return model->terminals.count > 0; }

/* Whether the limits that the model was given have a say in this schedule. */
BOTH int watches(const Problem *p, const Model *model) {
  return model->watched.count > 0 && p->in[IN_RULES].dims[1] > RULES;
}

/* The model's own events, then the limits, then those that the model was given. */
BOTH int event_count(const Problem *p, const Model *model) {
  int own = model->events.count;
  if (controlled(model)) own += LIMIT_COUNT;
  return watches(p, model) && controlled(model) ? own + model->watched.count : own;
}

BOTH void block_in(Memory *memory, const Model *model, const Problem *p, Block *b) {
  int events = event_count(p, model);
  b->problem = p;
  b->step = step_in(memory, model);
  b->probe = b->step;
  b->probe.t = rows(memory, 1);
  for (int i = 0; i < STAGES; i++) b->probe.stages.k[i] = rows(memory, model->states);
  b->probe.stages.y = rows(memory, model->states);
  for (int d = 0; d < 2; d++) b->probe.stages.raw[d] = rows(memory, model->states);
  tangents_in(memory, model, &b->tangents);
  v **states[] = {&b->entered, &b->velocity, &b->landed};
  for (int i = 0; i < 3; i++) *states[i] = rows(memory, model->states);
  b->part = rows(memory, model->observed);
  b->moved_part = rows(memory, model->observed);
  b->look = rows(memory, model->observe.size);
  b->moved_look = rows(memory, model->observe.moved_size);
  b->passing = rows(memory, model->inputs);
  b->limits = rows(memory, LIMIT_COUNT);
  b->counts = rows(memory, model->watched.count);
  v **of_events[] = {&b->before, &b->after, &b->since, &b->values, &b->at_low, &b->at_high};
  for (int i = 0; i < 6; i++) *of_events[i] = rows(memory, events);
}

static inline int is_active(const Member *member) { return member->outcome == RUNNING; }

static inline int is_stepping(const Member *member) {
  return is_active(member) && !member->entering;
}

static inline int is_entering(const Member *member) {
  return is_active(member) && member->entering;
}

INLINE int count_members(const Block *b, int (*which)(const Member *)) {
  int count = 0;
  for (int l = 0; l < WIDTH; l++) count += which(b->member + l);
  return count;
}

INLINE m members(const Block *b, int (*which)(const Member *)) {
  m mask = none();
  for (int l = 0; l < WIDTH; l++) LANE(mask, l) = which(b->member + l) ? -1 : 0;
  return mask;
}

/* Each member's time [s]. */
static v time_of(const Block *b) {
  v t = v_of(0);
  for (int l = 0; l < WIDTH; l++) LANE(t, l) = b->member[l].start + b->member[l].elapsed;
  return t;
}
