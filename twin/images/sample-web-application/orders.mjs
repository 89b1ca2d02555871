import pg from 'pg';

const createTable = `create table if not exists orders (
  id text primary key, site text not null, epoch integer not null, body jsonb not null, placed_at timestamptz not null)`;
const insert = `insert into orders (id, site, epoch, body, placed_at) values ($1, $2, $3, $4, $5) on conflict (id) do nothing returning id`;
const undefinedTable = '42P01';
const pageSize = 1000;

// Two tasks may meet here: `if not exists` alone lets one of them fail on the catalogue's unique index.
const createTableIn = async (client) => {
  await client.query('select pg_advisory_xact_lock(1)');
  await client.query(createTable);
};

/** Orders in PostgreSQL. Every method rejects when the database gives no clear answer. */
export const createOrders = (database, { log }) => {
  const pool = new pg.Pool({ ...database, max: 4, connectionTimeoutMillis: 2000, statement_timeout: 5000, application_name: 'web' });
  pool.on('error', (error) => log({ event: 'database-connection-lost', reason: error.message }));
  let tableStands = false;

  const inTransaction = async (work) => {
    const client = await pool.connect();
    let broken;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query(result.commit ? 'commit' : 'rollback');
      return result;
    } catch (error) {
      broken = error;
      throw error;
    } finally {
      // A connection that failed in a transaction is not worth mending.
      client.release(broken);
    }
  };
  const rowsOf = (query, values) =>
    pool.query(query, values).then(
      ({ rows }) => rows,
      (error) => {
        if (error.code === undefinedTable) return [];
        throw error;
      },
    );

  return {
    /** Places an order; `stillMayWrite` is asked last, just before the commit. Answers `placed`, `exists` or `fenced`. */
    place: async ({ id, site, epoch, body, at }, stillMayWrite) => {
      const { outcome } = await inTransaction(async (client) => {
        if (!tableStands) await createTableIn(client);
        const { rowCount } = await client.query(insert, [id, site, epoch, body, at]);
        if (!stillMayWrite()) return { commit: false, outcome: 'fenced' };
        return { commit: true, outcome: rowCount === 1 ? 'placed' : 'exists' };
      });
      if (outcome !== 'fenced') tableStands = true;
      return outcome;
    },
    /** Ids in order, from just after `after`, one page. */
    idsAfter: async (after) => {
      const rows = await rowsOf('select id from orders where id > $1 order by id limit $2', [after, pageSize]);
      const ids = rows.map(({ id }) => id);
      return { ids, next: ids.length === pageSize ? ids.at(-1) : null };
    },
    count: async () => Number((await rowsOf('select count(*) from orders'))[0]?.count ?? 0),
    engineVersion: async () => (await pool.query('show server_version')).rows[0].server_version,
    /** A read and a write that is rolled back: both work, nothing changes. */
    check: () =>
      inTransaction(async (client) => {
        await createTableIn(client);
        const { rows } = await client.query('select count(*) from orders');
        // No order can have this id: orders' ids have no blanks.
        const written = await client.query(insert, ['sql check', 'sql-check', 0, {}, new Date()]);
        return { commit: false, rows: Number(rows[0].count), wrote: written.rowCount === 1 };
      }),
    close: () => pool.end(),
  };
};
