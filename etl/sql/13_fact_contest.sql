-- 竞赛: one row per contest.
SELECT
  held_on AS day, town, level AS contest_level, CAST(1 AS BIGINT) AS events, entries,
  contest_id, name, file, sheet, row_no
FROM src_contest
ORDER BY held_on, town, contest_id
