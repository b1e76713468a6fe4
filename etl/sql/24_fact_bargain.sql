-- 协商流程时限: a step stands on the day it was due, once that day has come.
WITH due AS (
  SELECT s.contract_id, s.step, s.started_on, s.done_on, w.day AS due_on
  FROM bargain_step AS s
  INNER JOIN dim_calendar AS b ON b.day = s.started_on
  INNER JOIN dim_calendar AS w ON w.workday_no = b.workday_no + s.workdays AND w.is_workday = 1
  WHERE s.workdays > 0
  UNION ALL
  SELECT contract_id, step, started_on, done_on, started_on + days AS due_on
  FROM bargain_step
  WHERE days > 0
)
SELECT
  d.due_on AS day, c.town, d.step, c.scope, CAST(1 AS BIGINT) AS steps_due,
  CAST(CASE WHEN d.done_on <= d.due_on THEN 1 ELSE 0 END AS BIGINT) AS steps_on_time,
  c.contract_id, c.contract_no, d.started_on, d.done_on, c.file, c.sheet, c.row_no
FROM due AS d
INNER JOIN src_contract AS c ON c.contract_id = d.contract_id
INNER JOIN clock AS k ON d.due_on <= k.data_date
ORDER BY d.due_on, c.town, c.contract_id, d.step
