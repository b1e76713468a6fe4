-- 基层工会, from 批准 to 撤销.
SELECT
  approved_on AS from_on, dissolved_on AS to_on, town, kind AS union_kind, method, nef, CAST(1 AS BIGINT) AS active,
  union_id, name, file, sheet, row_no
FROM src_union
WHERE dissolved_on IS NULL OR dissolved_on > approved_on
ORDER BY approved_on, town, union_id
