package io.github.genericconnector.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The numbers that an administrator gave the agents.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class PhonebookServiceGrpc {

  private PhonebookServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "gc.v1.PhonebookService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetPhonebooksRequest,
      io.github.genericconnector.v1.GetPhonebooksResponse> getGetPhonebooksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetPhonebooks",
      requestType = io.github.genericconnector.v1.GetPhonebooksRequest.class,
      responseType = io.github.genericconnector.v1.GetPhonebooksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetPhonebooksRequest,
      io.github.genericconnector.v1.GetPhonebooksResponse> getGetPhonebooksMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetPhonebooksRequest, io.github.genericconnector.v1.GetPhonebooksResponse> getGetPhonebooksMethod;
    if ((getGetPhonebooksMethod = PhonebookServiceGrpc.getGetPhonebooksMethod) == null) {
      synchronized (PhonebookServiceGrpc.class) {
        if ((getGetPhonebooksMethod = PhonebookServiceGrpc.getGetPhonebooksMethod) == null) {
          PhonebookServiceGrpc.getGetPhonebooksMethod = getGetPhonebooksMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetPhonebooksRequest, io.github.genericconnector.v1.GetPhonebooksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetPhonebooks"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetPhonebooksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetPhonebooksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PhonebookServiceMethodDescriptorSupplier("GetPhonebooks"))
              .build();
        }
      }
    }
    return getGetPhonebooksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamPhonebooksRequest,
      io.github.genericconnector.v1.GetTeamPhonebooksResponse> getGetTeamPhonebooksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetTeamPhonebooks",
      requestType = io.github.genericconnector.v1.GetTeamPhonebooksRequest.class,
      responseType = io.github.genericconnector.v1.GetTeamPhonebooksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamPhonebooksRequest,
      io.github.genericconnector.v1.GetTeamPhonebooksResponse> getGetTeamPhonebooksMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetTeamPhonebooksRequest, io.github.genericconnector.v1.GetTeamPhonebooksResponse> getGetTeamPhonebooksMethod;
    if ((getGetTeamPhonebooksMethod = PhonebookServiceGrpc.getGetTeamPhonebooksMethod) == null) {
      synchronized (PhonebookServiceGrpc.class) {
        if ((getGetTeamPhonebooksMethod = PhonebookServiceGrpc.getGetTeamPhonebooksMethod) == null) {
          PhonebookServiceGrpc.getGetTeamPhonebooksMethod = getGetTeamPhonebooksMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetTeamPhonebooksRequest, io.github.genericconnector.v1.GetTeamPhonebooksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetTeamPhonebooks"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetTeamPhonebooksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetTeamPhonebooksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PhonebookServiceMethodDescriptorSupplier("GetTeamPhonebooks"))
              .build();
        }
      }
    }
    return getGetTeamPhonebooksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetPhonebookContactsRequest,
      io.github.genericconnector.v1.GetPhonebookContactsResponse> getGetPhonebookContactsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetPhonebookContacts",
      requestType = io.github.genericconnector.v1.GetPhonebookContactsRequest.class,
      responseType = io.github.genericconnector.v1.GetPhonebookContactsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetPhonebookContactsRequest,
      io.github.genericconnector.v1.GetPhonebookContactsResponse> getGetPhonebookContactsMethod() {
    io.grpc.MethodDescriptor<io.github.genericconnector.v1.GetPhonebookContactsRequest, io.github.genericconnector.v1.GetPhonebookContactsResponse> getGetPhonebookContactsMethod;
    if ((getGetPhonebookContactsMethod = PhonebookServiceGrpc.getGetPhonebookContactsMethod) == null) {
      synchronized (PhonebookServiceGrpc.class) {
        if ((getGetPhonebookContactsMethod = PhonebookServiceGrpc.getGetPhonebookContactsMethod) == null) {
          PhonebookServiceGrpc.getGetPhonebookContactsMethod = getGetPhonebookContactsMethod =
              io.grpc.MethodDescriptor.<io.github.genericconnector.v1.GetPhonebookContactsRequest, io.github.genericconnector.v1.GetPhonebookContactsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetPhonebookContacts"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetPhonebookContactsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.github.genericconnector.v1.GetPhonebookContactsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new PhonebookServiceMethodDescriptorSupplier("GetPhonebookContacts"))
              .build();
        }
      }
    }
    return getGetPhonebookContactsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static PhonebookServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PhonebookServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PhonebookServiceStub>() {
        @java.lang.Override
        public PhonebookServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PhonebookServiceStub(channel, callOptions);
        }
      };
    return PhonebookServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static PhonebookServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PhonebookServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PhonebookServiceBlockingV2Stub>() {
        @java.lang.Override
        public PhonebookServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PhonebookServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return PhonebookServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static PhonebookServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PhonebookServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PhonebookServiceBlockingStub>() {
        @java.lang.Override
        public PhonebookServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PhonebookServiceBlockingStub(channel, callOptions);
        }
      };
    return PhonebookServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static PhonebookServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<PhonebookServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<PhonebookServiceFutureStub>() {
        @java.lang.Override
        public PhonebookServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new PhonebookServiceFutureStub(channel, callOptions);
        }
      };
    return PhonebookServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The numbers that an administrator gave the agents.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists the agent's phone books.
     * </pre>
     */
    default void getPhonebooks(io.github.genericconnector.v1.GetPhonebooksRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetPhonebooksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPhonebooksMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the phone books of a team.
     * </pre>
     */
    default void getTeamPhonebooks(io.github.genericconnector.v1.GetTeamPhonebooksRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamPhonebooksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetTeamPhonebooksMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the contacts of a phone book.
     * </pre>
     */
    default void getPhonebookContacts(io.github.genericconnector.v1.GetPhonebookContactsRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetPhonebookContactsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetPhonebookContactsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service PhonebookService.
   * <pre>
   * The numbers that an administrator gave the agents.
   * </pre>
   */
  public static abstract class PhonebookServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return PhonebookServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service PhonebookService.
   * <pre>
   * The numbers that an administrator gave the agents.
   * </pre>
   */
  public static final class PhonebookServiceStub
      extends io.grpc.stub.AbstractAsyncStub<PhonebookServiceStub> {
    private PhonebookServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PhonebookServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PhonebookServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the agent's phone books.
     * </pre>
     */
    public void getPhonebooks(io.github.genericconnector.v1.GetPhonebooksRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetPhonebooksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPhonebooksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the phone books of a team.
     * </pre>
     */
    public void getTeamPhonebooks(io.github.genericconnector.v1.GetTeamPhonebooksRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamPhonebooksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetTeamPhonebooksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the contacts of a phone book.
     * </pre>
     */
    public void getPhonebookContacts(io.github.genericconnector.v1.GetPhonebookContactsRequest request,
        io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetPhonebookContactsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetPhonebookContactsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service PhonebookService.
   * <pre>
   * The numbers that an administrator gave the agents.
   * </pre>
   */
  public static final class PhonebookServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<PhonebookServiceBlockingV2Stub> {
    private PhonebookServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PhonebookServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PhonebookServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the agent's phone books.
     * </pre>
     */
    public io.github.genericconnector.v1.GetPhonebooksResponse getPhonebooks(io.github.genericconnector.v1.GetPhonebooksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetPhonebooksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the phone books of a team.
     * </pre>
     */
    public io.github.genericconnector.v1.GetTeamPhonebooksResponse getTeamPhonebooks(io.github.genericconnector.v1.GetTeamPhonebooksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetTeamPhonebooksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the contacts of a phone book.
     * </pre>
     */
    public io.github.genericconnector.v1.GetPhonebookContactsResponse getPhonebookContacts(io.github.genericconnector.v1.GetPhonebookContactsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetPhonebookContactsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service PhonebookService.
   * <pre>
   * The numbers that an administrator gave the agents.
   * </pre>
   */
  public static final class PhonebookServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<PhonebookServiceBlockingStub> {
    private PhonebookServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PhonebookServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PhonebookServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the agent's phone books.
     * </pre>
     */
    public io.github.genericconnector.v1.GetPhonebooksResponse getPhonebooks(io.github.genericconnector.v1.GetPhonebooksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPhonebooksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the phone books of a team.
     * </pre>
     */
    public io.github.genericconnector.v1.GetTeamPhonebooksResponse getTeamPhonebooks(io.github.genericconnector.v1.GetTeamPhonebooksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetTeamPhonebooksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the contacts of a phone book.
     * </pre>
     */
    public io.github.genericconnector.v1.GetPhonebookContactsResponse getPhonebookContacts(io.github.genericconnector.v1.GetPhonebookContactsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetPhonebookContactsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service PhonebookService.
   * <pre>
   * The numbers that an administrator gave the agents.
   * </pre>
   */
  public static final class PhonebookServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<PhonebookServiceFutureStub> {
    private PhonebookServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected PhonebookServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new PhonebookServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the agent's phone books.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetPhonebooksResponse> getPhonebooks(
        io.github.genericconnector.v1.GetPhonebooksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPhonebooksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the phone books of a team.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetTeamPhonebooksResponse> getTeamPhonebooks(
        io.github.genericconnector.v1.GetTeamPhonebooksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetTeamPhonebooksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the contacts of a phone book.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.github.genericconnector.v1.GetPhonebookContactsResponse> getPhonebookContacts(
        io.github.genericconnector.v1.GetPhonebookContactsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetPhonebookContactsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_PHONEBOOKS = 0;
  private static final int METHODID_GET_TEAM_PHONEBOOKS = 1;
  private static final int METHODID_GET_PHONEBOOK_CONTACTS = 2;

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
        case METHODID_GET_PHONEBOOKS:
          serviceImpl.getPhonebooks((io.github.genericconnector.v1.GetPhonebooksRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetPhonebooksResponse>) responseObserver);
          break;
        case METHODID_GET_TEAM_PHONEBOOKS:
          serviceImpl.getTeamPhonebooks((io.github.genericconnector.v1.GetTeamPhonebooksRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetTeamPhonebooksResponse>) responseObserver);
          break;
        case METHODID_GET_PHONEBOOK_CONTACTS:
          serviceImpl.getPhonebookContacts((io.github.genericconnector.v1.GetPhonebookContactsRequest) request,
              (io.grpc.stub.StreamObserver<io.github.genericconnector.v1.GetPhonebookContactsResponse>) responseObserver);
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
          getGetPhonebooksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetPhonebooksRequest,
              io.github.genericconnector.v1.GetPhonebooksResponse>(
                service, METHODID_GET_PHONEBOOKS)))
        .addMethod(
          getGetTeamPhonebooksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetTeamPhonebooksRequest,
              io.github.genericconnector.v1.GetTeamPhonebooksResponse>(
                service, METHODID_GET_TEAM_PHONEBOOKS)))
        .addMethod(
          getGetPhonebookContactsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.github.genericconnector.v1.GetPhonebookContactsRequest,
              io.github.genericconnector.v1.GetPhonebookContactsResponse>(
                service, METHODID_GET_PHONEBOOK_CONTACTS)))
        .build();
  }

  private static abstract class PhonebookServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    PhonebookServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.github.genericconnector.v1.PhonebookProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("PhonebookService");
    }
  }

  private static final class PhonebookServiceFileDescriptorSupplier
      extends PhonebookServiceBaseDescriptorSupplier {
    PhonebookServiceFileDescriptorSupplier() {}
  }

  private static final class PhonebookServiceMethodDescriptorSupplier
      extends PhonebookServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    PhonebookServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (PhonebookServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new PhonebookServiceFileDescriptorSupplier())
              .addMethod(getGetPhonebooksMethod())
              .addMethod(getGetTeamPhonebooksMethod())
              .addMethod(getGetPhonebookContactsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
