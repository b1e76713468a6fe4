-- One enterprise under one contract, clipped to the contract's time in force.
SELECT contract_id, uscc, scope, topic, workers, from_on, to_on
FROM (
  SELECT
    t.contract_id, v.uscc, t.scope, t.topic, v.workers,
    GREATEST(COALESCE(v.covered_from, t.from_on), t.from_on) AS from_on,
    LEAST(COALESCE(v.covered_to, t.to_on), t.to_on) AS to_on
  FROM src_contract_coverage AS v
  INNER JOIN contract_term AS t ON t.contract_id = v.contract_id
) AS clipped
WHERE from_on < to_on
