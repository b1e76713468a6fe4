-- 新建工会, by the day of 批准.
SELECT
  approved_on AS day, town, kind AS union_kind, method, nef, CAST(1 AS BIGINT) AS created,
  union_id, name, file, sheet, row_no
FROM src_union
ORDER BY approved_on, town, union_id
