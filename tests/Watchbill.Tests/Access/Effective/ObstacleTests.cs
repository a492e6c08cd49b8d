using Watchbill.Access.Effective;

namespace Watchbill.Tests.Access.Effective;

public sealed class ObstacleTests
{
    public static TheoryData<string, ObstacleKind> Stopping => new()
    {
        { "pending", ObstacleKind.InvitationPending },
        { "expired", ObstacleKind.InvitationExpired },
        { "inactive", ObstacleKind.UserInactive },
        { "suspended", ObstacleKind.UserSuspended },
        { "seats", ObstacleKind.MemberLimit },
    };

    [Theory]
    [MemberData(nameof(Stopping))]
    public void StoppedMember_HoldsTheAccess_ButDoesNotReach(string flaw, ObstacleKind kind)
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(openMembership: true) }
            .Member("ada", with: member => Flawed(member, flaw)).Team("payments", owns: ["checkout"]).On("payments", "ada").Team("search", owns: ["checkout"]);
        var pair = sketch.Pair("ada", "checkout");

        Assert.Equal(AccessLayers.Held, pair.Layers);
        Assert.True(pair.IsStopped);
        Assert.Equal([kind], pair.Obstacles.Select(obstacle => obstacle.Kind));
        Assert.Equal(ObstacleReach.Everything, pair.Obstacles[0].Stops);
        Assert.Contains("via team payments (contributor)", pair.Paths.Select(path => path.Sentence));
        Assert.Equal((0, 1, 1), (sketch.Who("checkout").ReachableCount, sketch.Who("checkout").HeldCount, sketch.Who("checkout").StoppedCount));
        Assert.Equal([AccessOptionKind.RemoveObstacle], sketch.Why("ada", "checkout").Options.Select(option => option.Kind));
    }

    [Fact]
    public void SecondFactorRequired_ClosesSessionsOnly()
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(requireTwoFactor: true) }
            .Member("ada", with: member => member with { HasTwoFactor = false })
            .Member("bob", with: member => member with { HasTwoFactor = null })
            .Member("cyd")
            .Team("payments", owns: ["checkout"]).On("payments", "ada").On("payments", "bob").On("payments", "cyd");

        Assert.Equal([ObstacleKind.TwoFactorMissing], sketch.Pair("ada", "checkout").Obstacles.Select(obstacle => obstacle.Kind));
        Assert.True(sketch.Pair("ada", "checkout").ReachesByTokenOnly);
        Assert.True(sketch.Pair("ada", "checkout").ReachesNow);
        Assert.Empty(sketch.Pair("bob", "checkout").Obstacles);
        Assert.Empty(sketch.Pair("cyd", "checkout").Obstacles);
        Assert.StartsWith("ada reaches, with API tokens only, checkout", sketch.Why("ada", "checkout").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void SingleSignOnRequired_UnlinkedOrInvalid_ClosesSessionsOnly()
    {
        var sketch = new GraphSketch { AuthProvider = GraphSketch.Sso() }
            .Member("ada")
            .Member("bob", with: member => member with { SsoLinked = true, SsoInvalid = true })
            .Member("cyd", with: member => member with { SsoLinked = true })
            .Project("checkout");

        Assert.Equal([ObstacleKind.SsoLinkMissing], sketch.Of("ada").Obstacles.Select(obstacle => obstacle.Kind));
        Assert.Equal([ObstacleKind.SsoLinkInvalid], sketch.Of("bob").Obstacles.Select(obstacle => obstacle.Kind));
        Assert.Equal(ObstacleReach.WebSessions, sketch.Of("bob").Obstacles[0].Stops);
        Assert.Empty(sketch.Of("cyd").Obstacles);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public void SingleSignOnNotRequired_IsNoObstacle(bool? requireLink)
    {
        var sketch = new GraphSketch { AuthProvider = GraphSketch.Sso(requireLink) }.Member("ada").Project("checkout");

        Assert.Empty(sketch.Of("ada").Obstacles);
    }

    [Fact]
    public void UnlinkedOwner_BypassesSingleSignOn_WhileNoOtherOwnerIsLinked()
    {
        var alone = new GraphSketch { AuthProvider = GraphSketch.Sso() }.Member("olga", "owner").Project("checkout");
        var second = new GraphSketch { AuthProvider = GraphSketch.Sso() }
            .Member("olga", "owner").Member("omar", "owner", member => member with { SsoLinked = true }).Project("checkout");

        Assert.Empty(alone.Of("olga").Obstacles);
        Assert.Equal([ObstacleKind.SsoLinkMissing], second.Of("olga").Obstacles.Select(obstacle => obstacle.Kind));
    }

    [Fact]
    public void SeveralObstacles_AreAllNamed()
    {
        var sketch = new GraphSketch { Organization = GraphSketch.Settings(requireTwoFactor: true), AuthProvider = GraphSketch.Sso() }
            .Member("ada", with: member => member with { UserIsSuspended = true, MemberLimitRestricted = true, HasTwoFactor = false })
            .Project("checkout");

        Assert.Equal(
            [ObstacleKind.UserSuspended, ObstacleKind.MemberLimit, ObstacleKind.SsoLinkMissing, ObstacleKind.TwoFactorMissing],
            sketch.Of("ada").Obstacles.Select(obstacle => obstacle.Kind));
    }

    private static MemberNode Flawed(MemberNode member, string flaw) => flaw switch
    {
        "pending" => member with { Pending = true, UserId = null, UserIsActive = null, HasTwoFactor = null },
        "expired" => member with { Pending = true, Expired = true, UserId = null, UserIsActive = null, HasTwoFactor = null },
        "inactive" => member with { UserIsActive = false },
        "suspended" => member with { UserIsSuspended = true },
        "seats" => member with { MemberLimitRestricted = true },
        _ => throw new ArgumentOutOfRangeException(nameof(flaw), flaw, "No such flaw."),
    };
}
