import type { Parameter } from '@aws-sdk/client-rds';

const parameter = (name: string, value: string | undefined, applyType: 'static' | 'dynamic', dataType: string): Parameter => ({
  ParameterName: name,
  ...(value === undefined ? {} : { ParameterValue: value }),
  Source: value === undefined ? 'engine-default' : 'system',
  ApplyType: applyType,
  DataType: dataType,
  IsModifiable: true,
  ApplyMethod: 'pending-reboot',
});

/** The parameters of RDS for PostgreSQL that the twin knows: those that production settings commonly touch. */
export const knownParameters: ReadonlyMap<string, Parameter> = new Map(
  [
    parameter('autovacuum', '1', 'dynamic', 'boolean'),
    parameter('autovacuum_naptime', '15', 'dynamic', 'integer'),
    parameter('default_transaction_read_only', undefined, 'dynamic', 'boolean'),
    parameter('effective_cache_size', '{DBInstanceClassMemory/16384}', 'dynamic', 'integer'),
    parameter('idle_in_transaction_session_timeout', '86400000', 'dynamic', 'integer'),
    parameter('lock_timeout', undefined, 'dynamic', 'integer'),
    parameter('log_autovacuum_min_duration', '10000', 'dynamic', 'integer'),
    parameter('log_connections', undefined, 'dynamic', 'string'),
    parameter('log_disconnections', undefined, 'dynamic', 'boolean'),
    parameter('log_lock_waits', undefined, 'dynamic', 'boolean'),
    parameter('log_min_duration_statement', undefined, 'dynamic', 'integer'),
    parameter('log_min_error_statement', undefined, 'dynamic', 'string'),
    parameter('log_statement', undefined, 'dynamic', 'string'),
    parameter('log_temp_files', undefined, 'dynamic', 'integer'),
    parameter('maintenance_work_mem', 'GREATEST({DBInstanceClassMemory*1024/63963136},65536)', 'dynamic', 'integer'),
    parameter('max_connections', 'LEAST({DBInstanceClassMemory/9531392},5000)', 'static', 'integer'),
    parameter('max_wal_size', undefined, 'dynamic', 'integer'),
    parameter('password_encryption', undefined, 'dynamic', 'string'),
    parameter('pg_stat_statements.track', undefined, 'dynamic', 'string'),
    parameter('random_page_cost', undefined, 'dynamic', 'float'),
    parameter('rds.force_ssl', '1', 'dynamic', 'boolean'),
    parameter('rds.logical_replication', '0', 'static', 'boolean'),
    parameter('rds.log_retention_period', '4320', 'dynamic', 'integer'),
    parameter('shared_buffers', '{DBInstanceClassMemory/32768}', 'static', 'integer'),
    parameter('shared_preload_libraries', 'pg_stat_statements', 'static', 'list'),
    parameter('statement_timeout', undefined, 'dynamic', 'integer'),
    parameter('timezone', 'UTC', 'dynamic', 'string'),
    parameter('track_activity_query_size', '4096', 'static', 'integer'),
    parameter('work_mem', undefined, 'dynamic', 'integer'),
  ].map((known) => [known.ParameterName!, known]),
);
