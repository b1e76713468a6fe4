-- 90天内期满: in force and 期满日期 at most 90 days ahead (续签可在期满前90日内提出,浙江省集体合同条例2010 第30条).
SELECT from_on, to_on, town, scope, topic, expiring_90d, contract_id, contract_no, name, ends_on, file, sheet, row_no
FROM (
  SELECT
    GREATEST(t.from_on, t.ends_on - 90) AS from_on, t.to_on, t.town, t.scope, t.topic,
    CAST(1 AS BIGINT) AS expiring_90d, t.contract_id, t.contract_no, e.name, t.ends_on, t.file, t.sheet, t.row_no
  FROM contract_term AS t
  LEFT JOIN src_enterprise AS e ON e.uscc = t.uscc
  WHERE t.ends_on IS NOT NULL
) AS windows
WHERE from_on < to_on
ORDER BY from_on, town, contract_id
