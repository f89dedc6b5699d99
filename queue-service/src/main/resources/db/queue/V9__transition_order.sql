-- The relay reads transitions by (xid, position). A statement over several rows has its transaction's id before it waits for a
-- row that a younger transaction holds, so the later step of a task may come from the older transaction. Hence a transition
-- bears the highest id of all transactions that moved its task so far: never below its own, so the relay still passes nothing
-- over, and never falling from one step of a task to the next.
ALTER TABLE queue.task_state ADD COLUMN moved_by xid8 NOT NULL DEFAULT pg_current_xact_id();
