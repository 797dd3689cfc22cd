import type { ConditionRule, RuleCondition } from '#contract/rules'

export type RuleTemplate = { id: string; rule: ConditionRule }

/**
 * Where the exports of Microsoft 365 and Entra ID keep the same thing: the unified audit log as the portal, PowerShell and
 * flattening tools write it, OfficeActivity, Entra AuditLogs of Sentinel, the portal and Graph; for others (Defender for
 * Cloud Apps, Azure activity) what their profile takes for the kind of event.
 */
const OPERATION =
  'OperationName | Operation | Operations | AuditData.Operation | ActivityDisplayName | Activity | Activity type | event_type'
const RESULT = 'Result | ResultStatus | AuditData.ResultStatus | ResultType | Status'
const AREA = 'RecordType | AuditData.RecordType | Category | CategoryValue | Service'
const ACTOR =
  'InitiatedBy.user.userPrincipalName | ActorUserPrincipalName | InitiatingUserOrApp | UserPrincipalName | UserId | UserIds | AuditData.UserId | username'

/** Record types of administration in the unified audit log, by name and number, and categories of the Entra audit log. */
const ADMINISTRATION = [
  ...['ExchangeAdmin', '1', 'AzureActiveDirectory', '8', 'SecurityComplianceCenterEOPCmdlet', '18'],
  ...['UserManagement', 'GroupManagement', 'RoleManagement', 'DirectoryManagement', 'ApplicationManagement', 'Policy'],
  ...['Directory', 'DeviceManagement', 'Authorization', 'AuthorizationPolicy', 'AdministrativeUnit', 'Administrative'],
]

const matches = (field: string, value: string): RuleCondition => ({ op: 'regex', field, value })

function template(
  id: string,
  name: string,
  rule: Pick<ConditionRule, 'severity' | 'message' | 'mitreTechnique' | 'conditions' | 'falsePositives'>,
): RuleTemplate {
  const shared = { kind: 'condition' as const, description: '', enabled: true, huntId: null, actor: ACTOR }
  return { id, rule: { ...shared, name, ...rule, dedupeMinutes: 15, tags: ['admin-operations'] } }
}

/** The ten rules about administration that every workspace begins with. */
export const ruleTemplates: readonly RuleTemplate[] = [
  template('conditional-access', 'Failed Conditional Access', {
    severity: 'high',
    mitreTechnique: 'T1078.004',
    message:
      'Conditional Access stopped a sign-in of {actor}, {count} in all. The sign-in may be risky, or the policy may be wrong.',
    falsePositives: 'A device or place that a policy does not know yet.',
    conditions: [{ op: 'in', field: 'ConditionalAccessStatus | Conditional Access', values: ['failure', 'failed'] }],
  }),
  template('after-hours', 'After-Hours Admin Activity', {
    severity: 'medium',
    mitreTechnique: 'T1078.004',
    message: `{actor} did something privileged outside the working hours: {${OPERATION}}, {count} in all.`,
    falsePositives: 'Planned maintenance, or an administrator in another zone: set zone, hours and days of this rule.',
    conditions: [
      { op: 'in', field: AREA, values: ADMINISTRATION },
      { op: 'after_hours', zone: 'UTC', from: '09:00', to: '17:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    ],
  }),
  template('app-registration', 'New Application Registration', {
    severity: 'medium',
    mitreTechnique: 'T1671',
    message: '{actor} registered an application. Look whether it is known and what it may reach.',
    falsePositives: 'Developers who register their applications themselves.',
    conditions: [{ op: 'contains', field: OPERATION, value: 'Add application' }],
  }),
  template('role-assignment', 'Admin Role Assignment', {
    severity: 'high',
    mitreTechnique: 'T1098.003',
    message: '{actor} gave somebody an administrative role. Look whether that was expected and authorised.',
    falsePositives: 'Changes of duty that were asked for.',
    conditions: [matches(OPERATION, '^add (?:eligible |scoped )?member to role|roleassignments/write')],
  }),
  template('license-change', 'License Change', {
    severity: 'low',
    mitreTechnique: null,
    message: '{actor} assigned or removed a licence, {count} in all.',
    falsePositives: 'Licences that follow from groups.',
    conditions: [matches(OPERATION, 'licen[sc]e')],
  }),
  template('bulk-deletion', 'Bulk User Deletion', {
    severity: 'high',
    mitreTechnique: 'T1531',
    message:
      '{actor} deleted {count} users within a short time. The account may be in other hands, or somebody cleans up.',
    falsePositives: 'People who left, removed in one go.',
    conditions: [
      { op: 'contains', field: OPERATION, value: 'Delete user' },
      { op: 'threshold_count', count: 3, minutes: 15 },
    ],
  }),
  template('device-compliance', 'Device Compliance Failure', {
    severity: 'medium',
    mitreTechnique: null,
    message: 'A device failed the evaluation of its compliance. It may no longer meet the requirements.',
    falsePositives: 'Devices that were off for long.',
    conditions: [
      { op: 'contains', field: OPERATION, value: 'complian' },
      { op: 'neq', field: RESULT, value: 'success' },
      { op: 'neq', field: RESULT, value: 'succeeded' },
      { op: 'neq', field: RESULT, value: 'true' },
    ],
  }),
  template('transport-rule', 'Exchange Transport Rule Change', {
    severity: 'high',
    mitreTechnique: 'T1564.008',
    message: '{actor} changed a transport rule. That may affect the flow of mail or its filtering.',
    falsePositives: 'Changes by those who run the mail service.',
    conditions: [matches(OPERATION, 'transport ?rule')],
  }),
  template('service-principal-credential', 'Service Principal Credential Added', {
    severity: 'high',
    mitreTechnique: 'T1098.001',
    message:
      '{actor} added a secret or certificate to an application or service principal. Look whether it was expected.',
    falsePositives: 'Credentials that are renewed before they expire.',
    conditions: [matches(OPERATION, 'add service principal credentials|certificates and secrets management')],
  }),
  template('external-sharing', 'External Sharing Enabled', {
    severity: 'medium',
    mitreTechnique: 'T1537',
    message: '{actor} changed what is shared to the outside, {count} in all. Look which data can be reached now.',
    falsePositives: 'Sharing with partners that was agreed on.',
    conditions: [matches(OPERATION, 'sharing|anonymouslink|securelink|external user access')],
  }),
]
