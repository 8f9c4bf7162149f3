// Generated from the protos by `make sdk`. Do not edit.

import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import type { CallOptions } from "../options.js";
import {
  AgentService,
  type ForceLogoutRequestSchema,
  type ForceLogoutResponse,
  type GetAllAgentsRequestSchema,
  type GetAllAgentsResponse,
  type GetStateRequestSchema,
  type GetStateResponse,
  type LoginRequestSchema,
  type LoginResponse,
  type LogoutRequestSchema,
  type LogoutResponse,
  type LogoutWithReasonRequestSchema,
  type LogoutWithReasonResponse,
  type MakeNotReadyRequestSchema,
  type MakeNotReadyResponse,
  type MakeNotReadyWithReasonRequestSchema,
  type MakeNotReadyWithReasonResponse,
  type MakeReadyRequestSchema,
  type MakeReadyResponse,
  type MakeWorkNotReadyRequestSchema,
  type MakeWorkNotReadyResponse,
  type MakeWorkReadyRequestSchema,
  type MakeWorkReadyResponse,
  type MobileAgentLoginRequestSchema,
  type MobileAgentLoginResponse,
  type MobileMode,
} from "./gc/v1/agent_pb.js";
import {
  CallService,
  type AnswerCallRequestSchema,
  type AnswerCallResponse,
  type ConferenceCallRequestSchema,
  type ConferenceCallResponse,
  type ConsultCallRequestSchema,
  type ConsultCallResponse,
  type HoldCallRequestSchema,
  type HoldCallResponse,
  type MakeCallRequestSchema,
  type MakeCallResponse,
  type ReleaseCallRequestSchema,
  type ReleaseCallResponse,
  type RetrieveCallRequestSchema,
  type RetrieveCallResponse,
  type SendDtmfRequestSchema,
  type SendDtmfResponse,
  type TransferCallRequestSchema,
  type TransferCallResponse,
  type TransferSingleStepRequestSchema,
  type TransferSingleStepResponse,
} from "./gc/v1/call_pb.js";
import {
  DialogService,
  type GetDialogParticipantsRequestSchema,
  type GetDialogParticipantsResponse,
  type GetDialogStateControlsRequestSchema,
  type GetDialogStateControlsResponse,
  type GetDialogStateRequestSchema,
  type GetDialogStateResponse,
  type UpdateCallVariableRequestSchema,
  type UpdateCallVariableResponse,
  type WrapUpRequestSchema,
  type WrapUpResponse,
} from "./gc/v1/dialog_pb.js";
import {
  PhonebookService,
  type GetPhonebookContactsRequestSchema,
  type GetPhonebookContactsResponse,
  type GetPhonebooksRequestSchema,
  type GetPhonebooksResponse,
  type GetTeamPhonebooksRequestSchema,
  type GetTeamPhonebooksResponse,
} from "./gc/v1/phonebook_pb.js";
import {
  ReasonService,
  type GetLogoutReasonCodesRequestSchema,
  type GetLogoutReasonCodesResponse,
  type GetNotReadyReasonCodesRequestSchema,
  type GetNotReadyReasonCodesResponse,
  type GetWrapUpReasonCodesRequestSchema,
  type GetWrapUpReasonCodesResponse,
} from "./gc/v1/reason_pb.js";
import {
  SupervisorService,
  type BargeInRequestSchema,
  type BargeInResponse,
  type DropParticipantRequestSchema,
  type DropParticipantResponse,
  type EndSilentMonitorRequestSchema,
  type EndSilentMonitorResponse,
  type GetQueueListRequestSchema,
  type GetQueueListResponse,
  type GetTeamUserStateRequestSchema,
  type GetTeamUserStateResponse,
  type GetTeamUsersRequestSchema,
  type GetTeamUsersResponse,
  type LogOutMemberRequestSchema,
  type LogOutMemberResponse,
  type SetMemberStateRequestSchema,
  type SetMemberStateResponse,
  type SilentMonitorRequestSchema,
  type SilentMonitorResponse,
} from "./gc/v1/supervisor_pb.js";
import {
  SystemService,
  type GetCapabilitiesRequestSchema,
  type GetCapabilitiesResponse,
} from "./gc/v1/system_pb.js";
import {
  type AgentState,
} from "./gc/v1/types_pb.js";

/** The commands of an agent: a method for each RPC. */
export abstract class AgentCommands {
  protected abstract invoke<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options?: CallOptions<I>,
  ): Promise<MessageShape<O>>;

  /**
   * Signs the agent out whatever the state, for a client that is gone: through NOT_READY where the
   * platform wants it, and after the last call when one runs (it never drops a call). A new Connect
   * or Login cancels one that waits.
   *
   * Errors beside the common ones: REASON_CODE_REQUIRED.
   */
  forceLogout(options?: CallOptions<typeof ForceLogoutRequestSchema>): Promise<ForceLogoutResponse> {
    return this.invoke(AgentService.method.forceLogout, { ...options?.request }, options);
  }

  /**
   * Lists the agents that are signed in through this service, ordered by extension. `agents.scope`
   * of the configuration limits it to the own teams.
   */
  getAllAgents(options?: CallOptions<typeof GetAllAgentsRequestSchema>): Promise<GetAllAgentsResponse> {
    return this.invoke(AgentService.method.getAllAgents, { ...options?.request }, options);
  }

  /**
   * Tells the agent's state and open calls, as the session knows them; the command to resynchronise
   * with.
   */
  getState(options?: CallOptions<typeof GetStateRequestSchema>): Promise<GetStateResponse> {
    return this.invoke(AgentService.method.getState, { ...options?.request }, options);
  }

  /**
   * Signs the agent in to Finesse on an extension (PUT User, `LOGIN`); the state afterwards is
   * NOT_READY. An agent who is signed in on that extension already keeps the state (forced
   * sign-in).
   *
   * Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, INVALID_STATE, USER_NOT_FOUND.
   */
  login(extension: string, options?: CallOptions<typeof LoginRequestSchema>): Promise<LoginResponse> {
    return this.invoke(AgentService.method.login, { ...options?.request, extension }, options);
  }

  /**
   * Signs the agent out (PUT User, `LOGOUT`). Allowed from NOT_READY, on UCCX from READY too.
   *
   * Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   */
  logout(options?: CallOptions<typeof LogoutRequestSchema>): Promise<LogoutResponse> {
    return this.invoke(AgentService.method.logout, { ...options?.request }, options);
  }

  /**
   * Signs the agent out with a reason of GetLogoutReasonCodes.
   *
   * Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   */
  logoutWithReason(reasonId: string, options?: CallOptions<typeof LogoutWithReasonRequestSchema>): Promise<LogoutWithReasonResponse> {
    return this.invoke(AgentService.method.logoutWithReason, { ...options?.request, reasonId }, options);
  }

  /**
   * Makes the agent not ready, without a reason. During a call it takes effect afterwards on UCCE
   * (`pending_state`).
   *
   * Errors beside the common ones: INVALID_STATE, REASON_CODE_REQUIRED.
   */
  makeNotReady(options?: CallOptions<typeof MakeNotReadyRequestSchema>): Promise<MakeNotReadyResponse> {
    return this.invoke(AgentService.method.makeNotReady, { ...options?.request }, options);
  }

  /**
   * Makes the agent not ready with a reason of GetNotReadyReasonCodes, or changes the reason.
   *
   * Errors beside the common ones: INVALID_STATE, UNKNOWN_REASON_CODE.
   */
  makeNotReadyWithReason(reasonId: string, options?: CallOptions<typeof MakeNotReadyWithReasonRequestSchema>): Promise<MakeNotReadyWithReasonResponse> {
    return this.invoke(AgentService.method.makeNotReadyWithReason, { ...options?.request, reasonId }, options);
  }

  /**
   * Makes the agent ready for routed calls. During a call it takes effect afterwards on UCCE
   * (`pending_state`).
   *
   * Errors beside the common ones: INVALID_STATE.
   */
  makeReady(options?: CallOptions<typeof MakeReadyRequestSchema>): Promise<MakeReadyResponse> {
    return this.invoke(AgentService.method.makeReady, { ...options?.request }, options);
  }

  /**
   * Asks for wrap-up after the call, not ready afterwards (where wrap-up is optional or required).
   *
   * Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   */
  makeWorkNotReady(options?: CallOptions<typeof MakeWorkNotReadyRequestSchema>): Promise<MakeWorkNotReadyResponse> {
    return this.invoke(AgentService.method.makeWorkNotReady, { ...options?.request }, options);
  }

  /**
   * Asks for wrap-up after the call, ready afterwards (UCCE, where wrap-up is optional or
   * required).
   *
   * On UCCE only.
   *
   * Errors beside the common ones: INVALID_STATE, UNSUPPORTED_ON_PLATFORM.
   */
  makeWorkReady(options?: CallOptions<typeof MakeWorkReadyRequestSchema>): Promise<MakeWorkReadyResponse> {
    return this.invoke(AgentService.method.makeWorkReady, { ...options?.request }, options);
  }

  /**
   * Signs the agent in on an extension with a phone of their own (UCCE). Nailed up, the set-up call
   * must be answered before the sign-in is done; AnswerCall passes meanwhile.
   *
   * On UCCE only.
   *
   * Errors beside the common ones: MISSING_PASSWORD, MISSING_EXTENSION, WRONG_EXTENSION,
   * INVALID_DEVICE, DEVICE_BUSY, MODE_NOT_ALLOWED, UNSUPPORTED_ON_PLATFORM.
   */
  mobileAgentLogin(extension: string, dialNumber: string, mode: MobileMode, options?: CallOptions<typeof MobileAgentLoginRequestSchema>): Promise<MobileAgentLoginResponse> {
    return this.invoke(AgentService.method.mobileAgentLogin, { ...options?.request, extension, dialNumber, mode }, options);
  }

  /**
   * Answers a call that rings (Finesse ANSWER). Passes while a nailed-up sign-in is pending.
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  answerCall(dialogId: string, options?: CallOptions<typeof AnswerCallRequestSchema>): Promise<AnswerCallResponse> {
    return this.invoke(CallService.method.answerCall, { ...options?.request, dialogId }, options);
  }

  /**
   * Completes a conference (Finesse CONFERENCE): joins the held call and the consulted party. Takes
   * the id of the main call or of the consult.
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  conferenceCall(dialogId: string, options?: CallOptions<typeof ConferenceCallRequestSchema>): Promise<ConferenceCallResponse> {
    return this.invoke(CallService.method.conferenceCall, { ...options?.request, dialogId }, options);
  }

  /**
   * Holds a call and calls a number, to transfer or to confer afterwards (Finesse CONSULT_CALL).
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION.
   */
  consultCall(to: string, dialogId: string, options?: CallOptions<typeof ConsultCallRequestSchema>): Promise<ConsultCallResponse> {
    return this.invoke(CallService.method.consultCall, { ...options?.request, to, dialogId }, options);
  }

  /**
   * Puts a call on hold (Finesse HOLD).
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  holdCall(dialogId: string, options?: CallOptions<typeof HoldCallRequestSchema>): Promise<HoldCallResponse> {
    return this.invoke(CallService.method.holdCall, { ...options?.request, dialogId }, options);
  }

  /**
   * Calls a number from the agent's extension (Finesse MAKE_CALL). The outcome is the new call with
   * the own leg INITIATED or later; a busy or wrong number shows afterwards, as FAILED.
   *
   * Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE.
   */
  makeCall(to: string, options?: CallOptions<typeof MakeCallRequestSchema>): Promise<MakeCallResponse> {
    return this.invoke(CallService.method.makeCall, { ...options?.request, to }, options);
  }

  /**
   * Leaves a call (Finesse DROP): a call of two ends for both. Passes other commands that wait.
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  releaseCall(dialogId: string, options?: CallOptions<typeof ReleaseCallRequestSchema>): Promise<ReleaseCallResponse> {
    return this.invoke(CallService.method.releaseCall, { ...options?.request, dialogId }, options);
  }

  /**
   * Takes a call off hold (Finesse RETRIEVE).
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  retrieveCall(dialogId: string, options?: CallOptions<typeof RetrieveCallRequestSchema>): Promise<RetrieveCallResponse> {
    return this.invoke(CallService.method.retrieveCall, { ...options?.request, dialogId }, options);
  }

  /**
   * Sends tones into a call (Finesse SEND_DTMF).
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  sendDtmf(dialogId: string, digits: string, options?: CallOptions<typeof SendDtmfRequestSchema>): Promise<SendDtmfResponse> {
    return this.invoke(CallService.method.sendDtmf, { ...options?.request, dialogId, digits }, options);
  }

  /**
   * Completes a transfer (Finesse TRANSFER): connects the held call with the consulted party and
   * leaves. Takes the id of the main call or of the consult.
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  transferCall(dialogId: string, options?: CallOptions<typeof TransferCallRequestSchema>): Promise<TransferCallResponse> {
    return this.invoke(CallService.method.transferCall, { ...options?.request, dialogId }, options);
  }

  /**
   * Transfers a call to a number without consulting (Finesse TRANSFER_SST).
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM.
   */
  transferSingleStep(to: string, dialogId: string, options?: CallOptions<typeof TransferSingleStepRequestSchema>): Promise<TransferSingleStepResponse> {
    return this.invoke(CallService.method.transferSingleStep, { ...options?.request, to, dialogId }, options);
  }

  /**
   * Tells who takes part in a call.
   *
   * Errors beside the common ones: NOT_FOUND.
   */
  getDialogParticipants(dialogId: string, options?: CallOptions<typeof GetDialogParticipantsRequestSchema>): Promise<GetDialogParticipantsResponse> {
    return this.invoke(DialogService.method.getDialogParticipants, { ...options?.request, dialogId }, options);
  }

  /**
   * Tells the state of a call in the old product's words, and the call. An unknown or ended call is
   * no error: its state is NOT_FOUND.
   */
  getDialogState(dialogId: string, options?: CallOptions<typeof GetDialogStateRequestSchema>): Promise<GetDialogStateResponse> {
    return this.invoke(DialogService.method.getDialogState, { ...options?.request, dialogId }, options);
  }

  /**
   * Tells what the agent may do with a call now.
   *
   * Errors beside the common ones: NOT_FOUND.
   */
  getDialogStateControls(dialogId: string, options?: CallOptions<typeof GetDialogStateControlsRequestSchema>): Promise<GetDialogStateControlsResponse> {
    return this.invoke(DialogService.method.getDialogStateControls, { ...options?.request, dialogId }, options);
  }

  /**
   * Sets one variable of a call (Finesse UPDATE_CALL_DATA with `callvariables`).
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  updateCallVariable(dialogId: string, name: string, value: string, options?: CallOptions<typeof UpdateCallVariableRequestSchema>): Promise<UpdateCallVariableResponse> {
    return this.invoke(DialogService.method.updateCallVariable, { ...options?.request, dialogId, name, value }, options);
  }

  /**
   * Sets the wrap-up reason of a call, during it or in wrap-up (Finesse UPDATE_CALL_DATA with
   * `wrapUpReason`). Silent on success for legacy clients.
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  wrapUp(dialogId: string, reason: string, options?: CallOptions<typeof WrapUpRequestSchema>): Promise<WrapUpResponse> {
    return this.invoke(DialogService.method.wrapUp, { ...options?.request, dialogId, reason }, options);
  }

  /**
   * Lists the contacts of a phone book.
   *
   * Errors beside the common ones: NOT_FOUND.
   */
  getPhonebookContacts(phonebookId: string, options?: CallOptions<typeof GetPhonebookContactsRequestSchema>): Promise<GetPhonebookContactsResponse> {
    return this.invoke(PhonebookService.method.getPhonebookContacts, { ...options?.request, phonebookId }, options);
  }

  /**
   * Lists the agent's phone books.
   */
  getPhonebooks(options?: CallOptions<typeof GetPhonebooksRequestSchema>): Promise<GetPhonebooksResponse> {
    return this.invoke(PhonebookService.method.getPhonebooks, { ...options?.request }, options);
  }

  /**
   * Lists the phone books of a team.
   *
   * Errors beside the common ones: NOT_FOUND.
   */
  getTeamPhonebooks(teamId: string, options?: CallOptions<typeof GetTeamPhonebooksRequestSchema>): Promise<GetTeamPhonebooksResponse> {
    return this.invoke(PhonebookService.method.getTeamPhonebooks, { ...options?.request, teamId }, options);
  }

  /**
   * Lists the reasons for sign-out.
   */
  getLogoutReasonCodes(options?: CallOptions<typeof GetLogoutReasonCodesRequestSchema>): Promise<GetLogoutReasonCodesResponse> {
    return this.invoke(ReasonService.method.getLogoutReasonCodes, { ...options?.request }, options);
  }

  /**
   * Lists the reasons for not being ready.
   */
  getNotReadyReasonCodes(options?: CallOptions<typeof GetNotReadyReasonCodesRequestSchema>): Promise<GetNotReadyReasonCodesResponse> {
    return this.invoke(ReasonService.method.getNotReadyReasonCodes, { ...options?.request }, options);
  }

  /**
   * Lists the reasons for wrap-up.
   */
  getWrapUpReasonCodes(options?: CallOptions<typeof GetWrapUpReasonCodesRequestSchema>): Promise<GetWrapUpReasonCodesResponse> {
    return this.invoke(ReasonService.method.getWrapUpReasonCodes, { ...options?.request }, options);
  }

  /**
   * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
   *
   * For supervisors.
   *
   * Errors beside the common ones: NOT_FOUND, INVALID_DESTINATION, INVALID_STATE, NOT_SUPERVISOR.
   */
  bargeIn(member: string, dialogId: string, options?: CallOptions<typeof BargeInRequestSchema>): Promise<BargeInResponse> {
    return this.invoke(SupervisorService.method.bargeIn, { ...options?.request, member, dialogId }, options);
  }

  /**
   * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE;
   * which parties is Finesse's `enableDropParticipantFor`).
   *
   * For supervisors.
   *
   * On UCCE only.
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED, INVALID_DESTINATION,
   * UNSUPPORTED_ON_PLATFORM, NOT_SUPERVISOR.
   */
  dropParticipant(mediaAddress: string, dialogId: string, options?: CallOptions<typeof DropParticipantRequestSchema>): Promise<DropParticipantResponse> {
    return this.invoke(SupervisorService.method.dropParticipant, { ...options?.request, mediaAddress, dialogId }, options);
  }

  /**
   * Ends a silent monitoring (Finesse DROP).
   *
   * For supervisors.
   *
   * Errors beside the common ones: NOT_FOUND, ACTION_NOT_ALLOWED.
   */
  endSilentMonitor(dialogId: string, options?: CallOptions<typeof EndSilentMonitorRequestSchema>): Promise<EndSilentMonitorResponse> {
    return this.invoke(SupervisorService.method.endSilentMonitor, { ...options?.request, dialogId }, options);
  }

  /**
   * Lists the agent's queues (Finesse `User/…/Queues`); a supervisor's are those of the teams'
   * members too. Any agent may ask. From then on changes of the figures are published as
   * QueueChanged, at most every ten seconds (UCCE; UCCX gives no figures).
   */
  getQueueList(options?: CallOptions<typeof GetQueueListRequestSchema>): Promise<GetQueueListResponse> {
    return this.invoke(SupervisorService.method.getQueueList, { ...options?.request }, options);
  }

  /**
   * Tells the state of a member of a supervised team, from the Team object.
   *
   * For supervisors.
   *
   * Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   */
  getTeamUserState(memberId: string, options?: CallOptions<typeof GetTeamUserStateRequestSchema>): Promise<GetTeamUserStateResponse> {
    return this.invoke(SupervisorService.method.getTeamUserState, { ...options?.request, memberId }, options);
  }

  /**
   * Lists the members of a team that the agent supervises, and subscribes to their changes.
   *
   * For supervisors.
   *
   * Errors beside the common ones: NOT_FOUND, NOT_SUPERVISOR.
   */
  getTeamUsers(teamId: string, options?: CallOptions<typeof GetTeamUsersRequestSchema>): Promise<GetTeamUsersResponse> {
    return this.invoke(SupervisorService.method.getTeamUsers, { ...options?.request, teamId }, options);
  }

  /**
   * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with
   * the member's id.
   *
   * For supervisors.
   *
   * Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   */
  logOutMember(memberId: string, options?: CallOptions<typeof LogOutMemberRequestSchema>): Promise<LogOutMemberResponse> {
    return this.invoke(SupervisorService.method.logOutMember, { ...options?.request, memberId }, options);
  }

  /**
   * Makes a member ready or not ready, with the supervisor's credentials and without a reason
   * (Finesse sets one: code 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the
   * member's id.
   *
   * For supervisors.
   *
   * Errors beside the common ones: INVALID_STATE, NOT_SUPERVISOR.
   */
  setMemberState(memberId: string, state: AgentState, options?: CallOptions<typeof SetMemberStateRequestSchema>): Promise<SetMemberStateResponse> {
    return this.invoke(SupervisorService.method.setMemberState, { ...options?.request, memberId, state }, options);
  }

  /**
   * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor
   * must be NOT_READY.
   *
   * For supervisors.
   *
   * Errors beside the common ones: INVALID_DESTINATION, INVALID_STATE, NOT_SUPERVISOR.
   */
  silentMonitor(extension: string, options?: CallOptions<typeof SilentMonitorRequestSchema>): Promise<SilentMonitorResponse> {
    return this.invoke(SupervisorService.method.silentMonitor, { ...options?.request, extension }, options);
  }

  /**
   * Says what this deployment can do: platform, releases, the RPCs that work here.
   */
  getCapabilities(options?: CallOptions<typeof GetCapabilitiesRequestSchema>): Promise<GetCapabilitiesResponse> {
    return this.invoke(SystemService.method.getCapabilities, { ...options?.request }, options);
  }
}
