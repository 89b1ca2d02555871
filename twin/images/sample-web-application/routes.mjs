const idPattern = /^[\w-]{1,64}$/;
const answer = (status, body) => ({ status, body });

/** What each route answers; `orders` is undefined while the site has no database. */
export const createRoutes = ({ site, imageVersion, fence, orders, log }) => {
  const withDatabase = async (work) => {
    if (!orders) return answer(503, { error: 'no-database', reason: 'this site has no database yet' });
    try {
      return await work(orders);
    } catch (error) {
      return answer(503, { error: 'database', reason: error.message });
    }
  };
  const readOnly = ({ reason }) => answer(503, { error: 'read-only', reason });

  const placeOrder = async (body) => {
    if (!body || !idPattern.test(body.id ?? '')) return answer(400, { error: 'invalid', reason: 'id: 1-64 letters, digits, _ or -' });
    const { id } = body;
    const standing = await fence.ask();
    if (!standing.writable) return readOnly(standing);
    return withDatabase(async () => {
      const order = { id, site, epoch: standing.epoch, body, at: new Date() };
      const outcome = await orders.place(order, () => fence.holds().writable);
      return outcome === 'fenced' ? readOnly(fence.holds()) : answer(outcome === 'placed' ? 201 : 200, { id, site });
    });
  };
  const info = async () => {
    const { writable, epoch, reason } = await fence.ask();
    const engineVersion = orders && (await orders.engineVersion().catch(() => undefined));
    const database = orders ? (engineVersion ? 'reachable' : 'unreachable') : 'none';
    return answer(200, { site, epoch, writable, reason, database, engineVersion, imageVersion });
  };
  const canary = (token) => {
    if (!idPattern.test(token ?? '')) return answer(400, { error: 'invalid', reason: 'token: 1-64 letters, digits, _ or -' });
    log({ event: 'canary', token });
    return answer(200, { token });
  };

  return {
    'POST /orders': ({ body }) => placeOrder(body),
    'GET /orders': ({ query }) => withDatabase(async () => answer(200, await orders.idsAfter(query.get('after') ?? ''))),
    'GET /orders/count': () => withDatabase(async () => answer(200, { count: await orders.count() })),
    // Healthy means able to serve: the database answers. A site that may only read still serves reads.
    'GET /health': () => withDatabase(async () => answer(200, { status: 'ok', engineVersion: await orders.engineVersion() })),
    'GET /info': info,
    'GET /sql-check': () =>
      withDatabase(async () => {
        const { rows, wrote } = await orders.check();
        return answer(wrote ? 200 : 503, { read: true, write: wrote, rows, engineVersion: await orders.engineVersion() });
      }),
    'GET /canary': ({ query }) => canary(query.get('token')),
  };
};
