import type { Step } from './take-walk.js';

/** The database whose snapshots every client takes: made once, since it takes longest. */
export const database = 'walked';

const subnet = (name: string, zone: string, CidrBlock: string): Step => ({
  ...{ service: 'ec2', operation: 'CreateSubnet', see: [] },
  input: ({ vpc }) => ({ VpcId: vpc, CidrBlock, AvailabilityZone: zone }),
  keep: { [name]: 'Subnet.SubnetId' },
});

/** A network, and the database in it. */
export const sharedDatabase: readonly Step[] = [
  {
    ...{ service: 'ec2', operation: 'CreateVpc', input: () => ({ CidrBlock: '10.0.0.0/16' }), see: [] },
    keep: { vpc: 'Vpc.VpcId' },
  },
  subnet('one', 'eu-west-1a', '10.0.0.0/24'),
  subnet('other', 'eu-west-1b', '10.0.1.0/24'),
  {
    ...{ service: 'rds', operation: 'CreateDBSubnetGroup', see: [] },
    input: ({ one, other }) => ({ DBSubnetGroupName: 'walked', DBSubnetGroupDescription: 'walked', SubnetIds: [one, other] }),
  },
  {
    ...{ service: 'rds', operation: 'CreateDBInstance', see: [] },
    input: () => ({
      ...{ DBInstanceIdentifier: database, Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', AllocatedStorage: 20 },
      ...{ MasterUsername: 'walker', MasterUserPassword: 'not-a-secret', DBSubnetGroupName: 'walked' },
    }),
  },
  {
    ...{ service: 'rds', operation: 'DescribeDBInstances', input: () => ({ DBInstanceIdentifier: database }) },
    until: ['DBInstances.0.DBInstanceStatus', /available/],
    see: [],
  },
];
