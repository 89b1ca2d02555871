/** Calls of one kind that nobody declared. */
export interface Undeclared {
  readonly role: string;
  readonly action: string;
  readonly region: string;
  readonly count: number;
}
export interface RoleAudit {
  readonly undeclared: readonly Undeclared[];
  /** Declared for what was done, and never called, by role. */
  readonly unused: Readonly<Record<string, readonly string[]>>;
}

/** Rights that go along with a call and are no call: what is passed, decrypted or locked shows in no ledger. */
const notCalled = ['iam:PassRole', 'kms:Decrypt', 's3:PutObjectRetention'];

/** Calls by role against what each role's steps and checks declare; `expected` is as much of it as what was done would call. */
export const roleAudit = (
  declared: Readonly<Record<string, readonly string[]>>,
  calls: readonly { readonly role: string; readonly action: string; readonly region: string }[],
  expected = declared,
): RoleAudit => {
  const undeclared = new Map<string, Undeclared>();
  for (const { role, action, region } of calls) {
    if (declared[role]?.includes(action)) continue;
    const key = `${role} ${action} ${region}`;
    undeclared.set(key, { role, action, region, count: (undeclared.get(key)?.count ?? 0) + 1 });
  }
  const isUsed = (role: string, action: string): boolean => calls.some((call) => call.role === role && call.action === action);
  const unused = Object.entries(expected).map(
    ([role, actions]) => [role, actions.filter((action) => !notCalled.includes(action) && !isUsed(role, action))] as const,
  );
  return { undeclared: [...undeclared.values()], unused: Object.fromEntries(unused) };
};

/** One line for each thing to say. */
export const roleAuditInWords = ({ undeclared, unused }: RoleAudit): string[] => [
  ...undeclared.map(({ role, action, region, count }) => `undeclared: ${role} called ${action} in ${region}, ${count} times`),
  ...Object.entries(unused).flatMap(([role, actions]) => (actions.length ? [`declared, not called: ${role} ${actions.join(', ')}`] : [])),
];
