import { describe, expect, test } from '@jest/globals';
import { DatabaseHome } from '../../../lib/constructs/database-home.js';
import { SiteNetwork } from '../../../lib/constructs/site-network.js';
import { bench } from '../production-templates.js';

const homeWith = (parameters: Record<string, string>) => {
  const { stack, template } = bench();
  const ports = { listenerPort: 443, containerPort: 9090, databasePort: 6543 };
  const network = new SiteNetwork(stack, 'Network', { ...ports, name: 'shop', zones: 2, internetEgress: false });
  new DatabaseHome(stack, 'Home', {
    vpc: network.vpc,
    securityGroup: network.databaseGroup,
    siteName: 'north',
    family: 'postgres18',
    parameters,
  });
  return template();
};

describe('where a database can live', () => {
  test('is the subnets of databases alone, though those of tasks are isolated, too', () => {
    const [group] = Object.values(homeWith({}).findResources('AWS::RDS::DBSubnetGroup')) as {
      Properties: { SubnetIds: { Ref: string }[] };
    }[];
    expect(group?.Properties.SubnetIds.map(({ Ref }) => Ref)).toEqual([
      expect.stringContaining('DatabaseSubnet1'),
      expect.stringContaining('DatabaseSubnet2'),
    ]);
  });

  test('has parameters of its engine, those that are asked for', () => {
    homeWith({ 'rds.force_ssl': '1' }).hasResourceProperties('AWS::RDS::DBParameterGroup', {
      Family: 'postgres18',
      Parameters: { 'rds.force_ssl': '1' },
    });
    homeWith({}).hasResourceProperties('AWS::RDS::DBParameterGroup', { Family: 'postgres18' });
  });
});
