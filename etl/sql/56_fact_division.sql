-- 镇和街道: the denominator of 标杆型/镇街比 leaves 乡 out.
SELECT
  k.complete_since AS from_on, CAST(NULL AS DATE) AS to_on, d.town, d.town_kind,
  CAST(CASE WHEN d.town_kind = '乡' THEN 0 ELSE 1 END AS BIGINT) AS towns,
  d.town_name AS name, d.file, d.sheet, d.row_no
FROM src_division AS d
CROSS JOIN clock AS k
ORDER BY d.town
