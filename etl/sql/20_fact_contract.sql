-- 在期工资专项集体合同 (工资、能级).
SELECT
  t.from_on, NULLIF(t.to_on, DATE '2100-01-01') AS to_on, t.town, t.scope, t.topic,
  CAST(1 AS BIGINT) AS in_force,
  CAST(CASE WHEN t.topic = 'nengji' THEN 1 ELSE 0 END AS BIGINT) AS nengji_in_force,
  t.contract_id, t.contract_no, e.name, t.ends_on, t.terminated_on, t.file, t.sheet, t.row_no
FROM contract_term AS t
LEFT JOIN src_enterprise AS e ON e.uscc = t.uscc
ORDER BY t.from_on, t.town, t.contract_id
