using System.Net;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests.Permissions;

/// <summary>What <see cref="World.Decide(Organization, string, long)"/> says must be what the server then does, for everybody and every project.</summary>
public sealed class DecisionMatchesAnswerTests : Simulated
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decide_ForEveryMemberAndProject_IsWhatTheServerAnswers(bool open)
    {
        Acme.SetOpenMembership(open);
        foreach (var member in Acme.Members.Where(member => member is { IsListed: true, IsPending: false }))
        {
            var token = Acme.IssueToken(TokenKind.Personal, member.User!.Id, "project:admin", "event:admin", "team:admin");
            var caller = With(token);
            foreach (var project in Acme.Projects)
            {
                var decision = Server.World.Decide(Acme, token, project.Id);
                var reply = await caller.Get($"{P}{project.Id}/");

                Assert.True(decision.IsVisible == (reply.Status == HttpStatusCode.OK), $"{member} on {project}: {decision} but {reply.Status}");
                if (decision.IsVisible)
                {
                    Assert.Equal(decision.Scopes.Names, reply["access"].EnumerateArray().Select(scope => scope.GetString()));
                }
            }
        }
    }
}
