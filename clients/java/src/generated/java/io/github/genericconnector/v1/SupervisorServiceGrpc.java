package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Teams, queues, and taking part in members' calls.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SupervisorServiceGrpc {

  private SupervisorServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.SupervisorService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetQueueListRequest,
      io.github.genericconnector.v1.GetQueueListResponse> getGetQueueListMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetQueueList",
      requestType = io.github.genericconnector.v1.GetQueueListRequest.class,
      responseType = io.github.genericconnector.v1.GetQueueListResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetQueueListRequest,
      io.github.genericconnector.v1.GetQueueListResponse> getGetQueueListMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetQueueListRequest, io.github.genericconnector.v1.GetQueueListResponse> getGetQueueListMethod;
    if ((getGetQueueListMethod = SupervisorServiceGrpc.getGetQueueListMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getGetQueueListMethod = SupervisorServiceGrpc.getGetQueueListMethod) == null) {
          SupervisorServiceGrpc.getGetQueueListMethod = getGetQueueListMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetQueueListRequest, io.github.genericconnector.v1.GetQueueListResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetQueueList"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetQueueListRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetQueueListResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("GetQueueList"))
              .build();
        }
      }
    }
    return getGetQueueListMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamUsersRequest,
      io.github.genericconnector.v1.GetTeamUsersResponse> getGetTeamUsersMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetTeamUsers",
      requestType = io.github.genericconnector.v1.GetTeamUsersRequest.class,
      responseType = io.github.genericconnector.v1.GetTeamUsersResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamUsersRequest,
      io.github.genericconnector.v1.GetTeamUsersResponse> getGetTeamUsersMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamUsersRequest, io.github.genericconnector.v1.GetTeamUsersResponse> getGetTeamUsersMethod;
    if ((getGetTeamUsersMethod = SupervisorServiceGrpc.getGetTeamUsersMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getGetTeamUsersMethod = SupervisorServiceGrpc.getGetTeamUsersMethod) == null) {
          SupervisorServiceGrpc.getGetTeamUsersMethod = getGetTeamUsersMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetTeamUsersRequest, io.github.genericconnector.v1.GetTeamUsersResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetTeamUsers"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetTeamUsersRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetTeamUsersResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("GetTeamUsers"))
              .build();
        }
      }
    }
    return getGetTeamUsersMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamUserStateRequest,
      io.github.genericconnector.v1.GetTeamUserStateResponse> getGetTeamUserStateMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetTeamUserState",
      requestType = io.github.genericconnector.v1.GetTeamUserStateRequest.class,
      responseType = io.github.genericconnector.v1.GetTeamUserStateResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamUserStateRequest,
      io.github.genericconnector.v1.GetTeamUserStateResponse> getGetTeamUserStateMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamUserStateRequest, io.github.genericconnector.v1.GetTeamUserStateResponse> getGetTeamUserStateMethod;
    if ((getGetTeamUserStateMethod = SupervisorServiceGrpc.getGetTeamUserStateMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getGetTeamUserStateMethod = SupervisorServiceGrpc.getGetTeamUserStateMethod) == null) {
          SupervisorServiceGrpc.getGetTeamUserStateMethod = getGetTeamUserStateMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetTeamUserStateRequest, io.github.genericconnector.v1.GetTeamUserStateResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetTeamUserState"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetTeamUserStateRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetTeamUserStateResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("GetTeamUserState"))
              .build();
        }
      }
    }
    return getGetTeamUserStateMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.SilentMonitorRequest,
      io.github.genericconnector.v1.SilentMonitorResponse> getSilentMonitorMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SilentMonitor",
      requestType = io.github.genericconnector.v1.SilentMonitorRequest.class,
      responseType = io.github.genericconnector.v1.SilentMonitorResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.SilentMonitorRequest,
      io.github.genericconnector.v1.SilentMonitorResponse> getSilentMonitorMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.SilentMonitorRequest, io.github.genericconnector.v1.SilentMonitorResponse> getSilentMonitorMethod;
    if ((getSilentMonitorMethod = SupervisorServiceGrpc.getSilentMonitorMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getSilentMonitorMethod = SupervisorServiceGrpc.getSilentMonitorMethod) == null) {
          SupervisorServiceGrpc.getSilentMonitorMethod = getSilentMonitorMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.SilentMonitorRequest, io.github.genericconnector.v1.SilentMonitorResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SilentMonitor"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.SilentMonitorRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.SilentMonitorResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("SilentMonitor"))
              .build();
        }
      }
    }
    return getSilentMonitorMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.EndSilentMonitorRequest,
      io.github.genericconnector.v1.EndSilentMonitorResponse> getEndSilentMonitorMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EndSilentMonitor",
      requestType = io.github.genericconnector.v1.EndSilentMonitorRequest.class,
      responseType = io.github.genericconnector.v1.EndSilentMonitorResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.EndSilentMonitorRequest,
      io.github.genericconnector.v1.EndSilentMonitorResponse> getEndSilentMonitorMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.EndSilentMonitorRequest, io.github.genericconnector.v1.EndSilentMonitorResponse> getEndSilentMonitorMethod;
    if ((getEndSilentMonitorMethod = SupervisorServiceGrpc.getEndSilentMonitorMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getEndSilentMonitorMethod = SupervisorServiceGrpc.getEndSilentMonitorMethod) == null) {
          SupervisorServiceGrpc.getEndSilentMonitorMethod = getEndSilentMonitorMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.EndSilentMonitorRequest, io.github.genericconnector.v1.EndSilentMonitorResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EndSilentMonitor"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.EndSilentMonitorRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.EndSilentMonitorResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("EndSilentMonitor"))
              .build();
        }
      }
    }
    return getEndSilentMonitorMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.BargeInRequest,
      io.github.genericconnector.v1.BargeInResponse> getBargeInMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BargeIn",
      requestType = io.github.genericconnector.v1.BargeInRequest.class,
      responseType = io.github.genericconnector.v1.BargeInResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.BargeInRequest,
      io.github.genericconnector.v1.BargeInResponse> getBargeInMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.BargeInRequest, io.github.genericconnector.v1.BargeInResponse> getBargeInMethod;
    if ((getBargeInMethod = SupervisorServiceGrpc.getBargeInMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getBargeInMethod = SupervisorServiceGrpc.getBargeInMethod) == null) {
          SupervisorServiceGrpc.getBargeInMethod = getBargeInMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.BargeInRequest, io.github.genericconnector.v1.BargeInResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BargeIn"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.BargeInRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.BargeInResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("BargeIn"))
              .build();
        }
      }
    }
    return getBargeInMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.DropParticipantRequest,
      io.github.genericconnector.v1.DropParticipantResponse> getDropParticipantMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DropParticipant",
      requestType = io.github.genericconnector.v1.DropParticipantRequest.class,
      responseType = io.github.genericconnector.v1.DropParticipantResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.DropParticipantRequest,
      io.github.genericconnector.v1.DropParticipantResponse> getDropParticipantMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.DropParticipantRequest, io.github.genericconnector.v1.DropParticipantResponse> getDropParticipantMethod;
    if ((getDropParticipantMethod = SupervisorServiceGrpc.getDropParticipantMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getDropParticipantMethod = SupervisorServiceGrpc.getDropParticipantMethod) == null) {
          SupervisorServiceGrpc.getDropParticipantMethod = getDropParticipantMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.DropParticipantRequest, io.github.genericconnector.v1.DropParticipantResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DropParticipant"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.DropParticipantRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.DropParticipantResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("DropParticipant"))
              .build();
        }
      }
    }
    return getDropParticipantMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.SetMemberStateRequest,
      io.github.genericconnector.v1.SetMemberStateResponse> getSetMemberStateMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetMemberState",
      requestType = io.github.genericconnector.v1.SetMemberStateRequest.class,
      responseType = io.github.genericconnector.v1.SetMemberStateResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.SetMemberStateRequest,
      io.github.genericconnector.v1.SetMemberStateResponse> getSetMemberStateMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.SetMemberStateRequest, io.github.genericconnector.v1.SetMemberStateResponse> getSetMemberStateMethod;
    if ((getSetMemberStateMethod = SupervisorServiceGrpc.getSetMemberStateMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getSetMemberStateMethod = SupervisorServiceGrpc.getSetMemberStateMethod) == null) {
          SupervisorServiceGrpc.getSetMemberStateMethod = getSetMemberStateMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.SetMemberStateRequest, io.github.genericconnector.v1.SetMemberStateResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetMemberState"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.SetMemberStateRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.SetMemberStateResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("SetMemberState"))
              .build();
        }
      }
    }
    return getSetMemberStateMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogOutMemberRequest,
      io.github.genericconnector.v1.LogOutMemberResponse> getLogOutMemberMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "LogOutMember",
      requestType = io.github.genericconnector.v1.LogOutMemberRequest.class,
      responseType = io.github.genericconnector.v1.LogOutMemberResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogOutMemberRequest,
      io.github.genericconnector.v1.LogOutMemberResponse> getLogOutMemberMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.LogOutMemberRequest, io.github.genericconnector.v1.LogOutMemberResponse> getLogOutMemberMethod;
    if ((getLogOutMemberMethod = SupervisorServiceGrpc.getLogOutMemberMethod) == null) {
      synchronized (SupervisorServiceGrpc.class) {
        if ((getLogOutMemberMethod = SupervisorServiceGrpc.getLogOutMemberMethod) == null) {
          SupervisorServiceGrpc.getLogOutMemberMethod = getLogOutMemberMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.LogOutMemberRequest, io.github.genericconnector.v1.LogOutMemberResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "LogOutMember"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.LogOutMemberRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.LogOutMemberResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SupervisorServiceMethodDescriptorSupplier("LogOutMember"))
              .build();
        }
      }
    }
    return getLogOutMemberMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SupervisorServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SupervisorServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SupervisorServiceStub>() {
        @java.lang.Override
        public SupervisorServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SupervisorServiceStub(channel, callOptions);
        }
      };
    return SupervisorServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SupervisorServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SupervisorServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SupervisorServiceBlockingV2Stub>() {
        @java.lang.Override
        public SupervisorServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SupervisorServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SupervisorServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SupervisorServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SupervisorServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SupervisorServiceBlockingStub>() {
        @java.lang.Override
        public SupervisorServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SupervisorServiceBlockingStub(channel, callOptions);
        }
      };
    return SupervisorServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SupervisorServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SupervisorServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SupervisorServiceFutureStub>() {
        @java.lang.Override
        public SupervisorServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SupervisorServiceFutureStub(channel, callOptions);
        }
      };
    return SupervisorServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Teams, queues, and taking part in members' calls.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists the agent's queues (Finesse `User/…/Queues`); a supervisor's are those of the teams' members too. Any agent
     * may ask. From then on changes of the figures are published as QueueChanged, at most every ten seconds (UCCE; UCCX
     * gives no figures).
     * </pre>
     */
    default void getQueueList(io.github.genericconnector.v1.GetQueueListRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetQueueListResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetQueueListMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the members of a team that the agent supervises, and subscribes to their changes.
     * </pre>
     */
    default void getTeamUsers(io.github.genericconnector.v1.GetTeamUsersRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamUsersResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetTeamUsersMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells the state of a member of a supervised team, from the Team object.
     * </pre>
     */
    default void getTeamUserState(io.github.genericconnector.v1.GetTeamUserStateRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamUserStateResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetTeamUserStateMethod(), responseObserver);
    }

    /**
     * <pre>
     * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor must be NOT_READY.
     * </pre>
     */
    default void silentMonitor(io.github.genericconnector.v1.SilentMonitorRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SilentMonitorResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSilentMonitorMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends a silent monitoring (Finesse DROP).
     * </pre>
     */
    default void endSilentMonitor(io.github.genericconnector.v1.EndSilentMonitorRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.EndSilentMonitorResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEndSilentMonitorMethod(), responseObserver);
    }

    /**
     * <pre>
     * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
     * </pre>
     */
    default void bargeIn(io.github.genericconnector.v1.BargeInRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.BargeInResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBargeInMethod(), responseObserver);
    }

    /**
     * <pre>
     * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE; which parties is
     * Finesse's `enableDropParticipantFor`).
     * </pre>
     */
    default void dropParticipant(io.github.genericconnector.v1.DropParticipantRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.DropParticipantResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDropParticipantMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes a member ready or not ready, with the supervisor's credentials and without a reason (Finesse sets one: code
     * 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the member's id.
     * </pre>
     */
    default void setMemberState(io.github.genericconnector.v1.SetMemberStateRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SetMemberStateResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetMemberStateMethod(), responseObserver);
    }

    /**
     * <pre>
     * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with the member's id.
     * </pre>
     */
    default void logOutMember(io.github.genericconnector.v1.LogOutMemberRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogOutMemberResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLogOutMemberMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SupervisorService.
   * <pre>
   * Teams, queues, and taking part in members' calls.
   * </pre>
   */
  public static abstract class SupervisorServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SupervisorServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SupervisorService.
   * <pre>
   * Teams, queues, and taking part in members' calls.
   * </pre>
   */
  public static final class SupervisorServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SupervisorServiceStub> {
    private SupervisorServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SupervisorServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SupervisorServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the agent's queues (Finesse `User/…/Queues`); a supervisor's are those of the teams' members too. Any agent
     * may ask. From then on changes of the figures are published as QueueChanged, at most every ten seconds (UCCE; UCCX
     * gives no figures).
     * </pre>
     */
    public void getQueueList(io.github.genericconnector.v1.GetQueueListRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetQueueListResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetQueueListMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the members of a team that the agent supervises, and subscribes to their changes.
     * </pre>
     */
    public void getTeamUsers(io.github.genericconnector.v1.GetTeamUsersRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamUsersResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetTeamUsersMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells the state of a member of a supervised team, from the Team object.
     * </pre>
     */
    public void getTeamUserState(io.github.genericconnector.v1.GetTeamUserStateRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamUserStateResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetTeamUserStateMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor must be NOT_READY.
     * </pre>
     */
    public void silentMonitor(io.github.genericconnector.v1.SilentMonitorRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SilentMonitorResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSilentMonitorMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends a silent monitoring (Finesse DROP).
     * </pre>
     */
    public void endSilentMonitor(io.github.genericconnector.v1.EndSilentMonitorRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.EndSilentMonitorResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEndSilentMonitorMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
     * </pre>
     */
    public void bargeIn(io.github.genericconnector.v1.BargeInRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.BargeInResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBargeInMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE; which parties is
     * Finesse's `enableDropParticipantFor`).
     * </pre>
     */
    public void dropParticipant(io.github.genericconnector.v1.DropParticipantRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.DropParticipantResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDropParticipantMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes a member ready or not ready, with the supervisor's credentials and without a reason (Finesse sets one: code
     * 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the member's id.
     * </pre>
     */
    public void setMemberState(io.github.genericconnector.v1.SetMemberStateRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SetMemberStateResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetMemberStateMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with the member's id.
     * </pre>
     */
    public void logOutMember(io.github.genericconnector.v1.LogOutMemberRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogOutMemberResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLogOutMemberMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SupervisorService.
   * <pre>
   * Teams, queues, and taking part in members' calls.
   * </pre>
   */
  public static final class SupervisorServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SupervisorServiceBlockingV2Stub> {
    private SupervisorServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SupervisorServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SupervisorServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the agent's queues (Finesse `User/…/Queues`); a supervisor's are those of the teams' members too. Any agent
     * may ask. From then on changes of the figures are published as QueueChanged, at most every ten seconds (UCCE; UCCX
     * gives no figures).
     * </pre>
     */
    public io.github.genericconnector.v1.GetQueueListResponse getQueueList(io.github.genericconnector.v1.GetQueueListRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetQueueListMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the members of a team that the agent supervises, and subscribes to their changes.
     * </pre>
     */
    public io.github.genericconnector.v1.GetTeamUsersResponse getTeamUsers(io.github.genericconnector.v1.GetTeamUsersRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetTeamUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells the state of a member of a supervised team, from the Team object.
     * </pre>
     */
    public io.github.genericconnector.v1.GetTeamUserStateResponse getTeamUserState(io.github.genericconnector.v1.GetTeamUserStateRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetTeamUserStateMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor must be NOT_READY.
     * </pre>
     */
    public io.github.genericconnector.v1.SilentMonitorResponse silentMonitor(io.github.genericconnector.v1.SilentMonitorRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSilentMonitorMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a silent monitoring (Finesse DROP).
     * </pre>
     */
    public io.github.genericconnector.v1.EndSilentMonitorResponse endSilentMonitor(io.github.genericconnector.v1.EndSilentMonitorRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEndSilentMonitorMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
     * </pre>
     */
    public io.github.genericconnector.v1.BargeInResponse bargeIn(io.github.genericconnector.v1.BargeInRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBargeInMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE; which parties is
     * Finesse's `enableDropParticipantFor`).
     * </pre>
     */
    public io.github.genericconnector.v1.DropParticipantResponse dropParticipant(io.github.genericconnector.v1.DropParticipantRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDropParticipantMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a member ready or not ready, with the supervisor's credentials and without a reason (Finesse sets one: code
     * 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the member's id.
     * </pre>
     */
    public io.github.genericconnector.v1.SetMemberStateResponse setMemberState(io.github.genericconnector.v1.SetMemberStateRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetMemberStateMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with the member's id.
     * </pre>
     */
    public io.github.genericconnector.v1.LogOutMemberResponse logOutMember(io.github.genericconnector.v1.LogOutMemberRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getLogOutMemberMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SupervisorService.
   * <pre>
   * Teams, queues, and taking part in members' calls.
   * </pre>
   */
  public static final class SupervisorServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SupervisorServiceBlockingStub> {
    private SupervisorServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SupervisorServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SupervisorServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the agent's queues (Finesse `User/…/Queues`); a supervisor's are those of the teams' members too. Any agent
     * may ask. From then on changes of the figures are published as QueueChanged, at most every ten seconds (UCCE; UCCX
     * gives no figures).
     * </pre>
     */
    public io.github.genericconnector.v1.GetQueueListResponse getQueueList(io.github.genericconnector.v1.GetQueueListRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetQueueListMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the members of a team that the agent supervises, and subscribes to their changes.
     * </pre>
     */
    public io.github.genericconnector.v1.GetTeamUsersResponse getTeamUsers(io.github.genericconnector.v1.GetTeamUsersRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetTeamUsersMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells the state of a member of a supervised team, from the Team object.
     * </pre>
     */
    public io.github.genericconnector.v1.GetTeamUserStateResponse getTeamUserState(io.github.genericconnector.v1.GetTeamUserStateRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetTeamUserStateMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor must be NOT_READY.
     * </pre>
     */
    public io.github.genericconnector.v1.SilentMonitorResponse silentMonitor(io.github.genericconnector.v1.SilentMonitorRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSilentMonitorMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a silent monitoring (Finesse DROP).
     * </pre>
     */
    public io.github.genericconnector.v1.EndSilentMonitorResponse endSilentMonitor(io.github.genericconnector.v1.EndSilentMonitorRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEndSilentMonitorMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
     * </pre>
     */
    public io.github.genericconnector.v1.BargeInResponse bargeIn(io.github.genericconnector.v1.BargeInRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBargeInMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE; which parties is
     * Finesse's `enableDropParticipantFor`).
     * </pre>
     */
    public io.github.genericconnector.v1.DropParticipantResponse dropParticipant(io.github.genericconnector.v1.DropParticipantRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDropParticipantMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a member ready or not ready, with the supervisor's credentials and without a reason (Finesse sets one: code
     * 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the member's id.
     * </pre>
     */
    public io.github.genericconnector.v1.SetMemberStateResponse setMemberState(io.github.genericconnector.v1.SetMemberStateRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetMemberStateMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with the member's id.
     * </pre>
     */
    public io.github.genericconnector.v1.LogOutMemberResponse logOutMember(io.github.genericconnector.v1.LogOutMemberRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLogOutMemberMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SupervisorService.
   * <pre>
   * Teams, queues, and taking part in members' calls.
   * </pre>
   */
  public static final class SupervisorServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SupervisorServiceFutureStub> {
    private SupervisorServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SupervisorServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SupervisorServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the agent's queues (Finesse `User/…/Queues`); a supervisor's are those of the teams' members too. Any agent
     * may ask. From then on changes of the figures are published as QueueChanged, at most every ten seconds (UCCE; UCCX
     * gives no figures).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetQueueListResponse> getQueueList(
        io.github.genericconnector.v1.GetQueueListRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetQueueListMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the members of a team that the agent supervises, and subscribes to their changes.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetTeamUsersResponse> getTeamUsers(
        io.github.genericconnector.v1.GetTeamUsersRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetTeamUsersMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells the state of a member of a supervised team, from the Team object.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetTeamUserStateResponse> getTeamUserState(
        io.github.genericconnector.v1.GetTeamUserStateRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetTeamUserStateMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Listens to a member's call (Finesse SILENT_MONITOR) without being heard or seen. The supervisor must be NOT_READY.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.SilentMonitorResponse> silentMonitor(
        io.github.genericconnector.v1.SilentMonitorRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSilentMonitorMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends a silent monitoring (Finesse DROP).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.EndSilentMonitorResponse> endSilentMonitor(
        io.github.genericconnector.v1.EndSilentMonitorRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEndSilentMonitorMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Joins a member's call (Finesse BARGE_CALL). Starts monitoring first when none runs.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.BargeInResponse> bargeIn(
        io.github.genericconnector.v1.BargeInRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBargeInMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Drops a party from a call that the supervisor takes part in (Finesse PARTICIPANT_DROP; UCCE; which parties is
     * Finesse's `enableDropParticipantFor`).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.DropParticipantResponse> dropParticipant(
        io.github.genericconnector.v1.DropParticipantRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDropParticipantMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes a member ready or not ready, with the supervisor's credentials and without a reason (Finesse sets one: code
     * 999 on UCCE, 33 on UCCX). Legacy: MakeReady and MakeNotReady with the member's id.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.SetMemberStateResponse> setMemberState(
        io.github.genericconnector.v1.SetMemberStateRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetMemberStateMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Signs a member out, with the supervisor's credentials and without a reason. Legacy: Logout with the member's id.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.LogOutMemberResponse> logOutMember(
        io.github.genericconnector.v1.LogOutMemberRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLogOutMemberMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_QUEUE_LIST = 0;
  private static final int METHODID_GET_TEAM_USERS = 1;
  private static final int METHODID_GET_TEAM_USER_STATE = 2;
  private static final int METHODID_SILENT_MONITOR = 3;
  private static final int METHODID_END_SILENT_MONITOR = 4;
  private static final int METHODID_BARGE_IN = 5;
  private static final int METHODID_DROP_PARTICIPANT = 6;
  private static final int METHODID_SET_MEMBER_STATE = 7;
  private static final int METHODID_LOG_OUT_MEMBER = 8;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_GET_QUEUE_LIST:
          serviceImpl.getQueueList((io.github.genericconnector.v1.GetQueueListRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetQueueListResponse>) responseObserver);
          break;
        case METHODID_GET_TEAM_USERS:
          serviceImpl.getTeamUsers((io.github.genericconnector.v1.GetTeamUsersRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamUsersResponse>) responseObserver);
          break;
        case METHODID_GET_TEAM_USER_STATE:
          serviceImpl.getTeamUserState((io.github.genericconnector.v1.GetTeamUserStateRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamUserStateResponse>) responseObserver);
          break;
        case METHODID_SILENT_MONITOR:
          serviceImpl.silentMonitor((io.github.genericconnector.v1.SilentMonitorRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SilentMonitorResponse>) responseObserver);
          break;
        case METHODID_END_SILENT_MONITOR:
          serviceImpl.endSilentMonitor((io.github.genericconnector.v1.EndSilentMonitorRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.EndSilentMonitorResponse>) responseObserver);
          break;
        case METHODID_BARGE_IN:
          serviceImpl.bargeIn((io.github.genericconnector.v1.BargeInRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.BargeInResponse>) responseObserver);
          break;
        case METHODID_DROP_PARTICIPANT:
          serviceImpl.dropParticipant((io.github.genericconnector.v1.DropParticipantRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.DropParticipantResponse>) responseObserver);
          break;
        case METHODID_SET_MEMBER_STATE:
          serviceImpl.setMemberState((io.github.genericconnector.v1.SetMemberStateRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.SetMemberStateResponse>) responseObserver);
          break;
        case METHODID_LOG_OUT_MEMBER:
          serviceImpl.logOutMember((io.github.genericconnector.v1.LogOutMemberRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.LogOutMemberResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getGetQueueListMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetQueueListRequest,
              io.github.genericconnector.v1.GetQueueListResponse>(
                service, METHODID_GET_QUEUE_LIST)))
        .addMethod(
          getGetTeamUsersMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetTeamUsersRequest,
              io.github.genericconnector.v1.GetTeamUsersResponse>(
                service, METHODID_GET_TEAM_USERS)))
        .addMethod(
          getGetTeamUserStateMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetTeamUserStateRequest,
              io.github.genericconnector.v1.GetTeamUserStateResponse>(
                service, METHODID_GET_TEAM_USER_STATE)))
        .addMethod(
          getSilentMonitorMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.SilentMonitorRequest,
              io.github.genericconnector.v1.SilentMonitorResponse>(
                service, METHODID_SILENT_MONITOR)))
        .addMethod(
          getEndSilentMonitorMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.EndSilentMonitorRequest,
              io.github.genericconnector.v1.EndSilentMonitorResponse>(
                service, METHODID_END_SILENT_MONITOR)))
        .addMethod(
          getBargeInMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.BargeInRequest,
              io.github.genericconnector.v1.BargeInResponse>(
                service, METHODID_BARGE_IN)))
        .addMethod(
          getDropParticipantMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.DropParticipantRequest,
              io.github.genericconnector.v1.DropParticipantResponse>(
                service, METHODID_DROP_PARTICIPANT)))
        .addMethod(
          getSetMemberStateMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.SetMemberStateRequest,
              io.github.genericconnector.v1.SetMemberStateResponse>(
                service, METHODID_SET_MEMBER_STATE)))
        .addMethod(
          getLogOutMemberMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.LogOutMemberRequest,
              io.github.genericconnector.v1.LogOutMemberResponse>(
                service, METHODID_LOG_OUT_MEMBER)))
        .build();
  }

  private static abstract class SupervisorServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SupervisorServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.SupervisorProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SupervisorService");
    }
  }

  private static final class SupervisorServiceFileDescriptorSupplier
      extends SupervisorServiceBaseDescriptorSupplier {
    SupervisorServiceFileDescriptorSupplier() {}
  }

  private static final class SupervisorServiceMethodDescriptorSupplier
      extends SupervisorServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SupervisorServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (SupervisorServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SupervisorServiceFileDescriptorSupplier())
              .addMethod(getGetQueueListMethod())
              .addMethod(getGetTeamUsersMethod())
              .addMethod(getGetTeamUserStateMethod())
              .addMethod(getSilentMonitorMethod())
              .addMethod(getEndSilentMonitorMethod())
              .addMethod(getBargeInMethod())
              .addMethod(getDropParticipantMethod())
              .addMethod(getSetMemberStateMethod())
              .addMethod(getLogOutMemberMethod())
              .build();
        }
      }
    }
    return result;
  }
}
